/// @file
/// The server's side of HTTP/2 (RFC 9113), frame by frame.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "connection.hpp"

namespace fathom::faults {

/// What frames are for; values are those of the wire.
enum class FrameType : std::uint8_t {
    data = 0,
    headers = 1,
    reset_stream = 3,
    settings = 4,
    ping = 6,
    go_away = 7,
    window_update = 8,
    continuation = 9,
};

/// Codes of errors, as on the wire.
enum class Http2Error : std::uint32_t { none = 0, internal = 2, refused_stream = 7, http_1_1_required = 13 };

/// One setting as it goes over the wire.
enum class Setting : std::uint16_t { max_concurrent_streams = 3, initial_window_size = 4 };
[[nodiscard]] std::string setting(Setting name, std::uint32_t value);

/// One frame as it goes over the wire.
[[nodiscard]] std::string frame(FrameType type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);

/// Speaks just enough of HTTP/2 to answer requests, and to answer them wrongly.
class Http2Connection {
public:
    static constexpr std::uint8_t end_stream = 1;
    static constexpr std::uint8_t end_headers = 4;

    /// Reads the client's preface and tells it these settings (RFC 9113, 6.5).
    explicit Http2Connection(Connection& connection, std::string_view settings = {});

    /// Reads up to the end of the next request. @return its stream; 0 at the end
    std::uint32_t next_request();
    /// Reads up to the end of the next request's head.
    std::uint32_t next_head();
    /// Answers it with status 200 and this body.
    void answer(std::uint32_t stream, std::string_view body = answer_to_all);
    void reset_stream(std::uint32_t stream, Http2Error error);
    /// Tells that it processes no stream after this one, and none that come.
    void go_away(std::uint32_t last_stream);
    void send(FrameType type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);

private:
    template <class IsLast>
    std::uint32_t read_until(const IsLast& is_last);

    Connection& connection_;
};

} // namespace fathom::faults
