/// @file
/// HttpReader: requests off a connection, by RFC 9112.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include <fathom/testing/recorded_request.hpp>

#include "../../platform/tcp.hpp"

namespace fathom::testing::detail {

/// A request that was read to its end, so that the next one begins where it should.
struct HttpRequest {
    RecordedRequest request{};
    bool keep_alive = true; ///< Whether the client wants to use the connection again.
};

/// Bytes that are no request of HTTP/1.1. What follows them on the connection means nothing.
struct BadRequest {
    int status;           ///< 400, 413, 417, 431, 501, 505.
    bool has_body = true; ///< Whether the answer may have one: none that answers HEAD has.
};

/// Reads one request after the other.
class HttpReader {
public:
    explicit HttpReader(fathom::detail::TcpConnection& connection) : connection_{connection} {}

    /// Waits for a request. @return nothing where the client has no more
    [[nodiscard]] std::optional<std::variant<HttpRequest, BadRequest>> read();

private:
    [[nodiscard]] bool fill();
    [[nodiscard]] std::string take(std::size_t size);
    [[nodiscard]] std::string take_line();
    [[nodiscard]] std::optional<std::string> take_head();
    void read_body(RecordedRequest& request, int minor_version);
    [[nodiscard]] std::string read_sized_body(std::size_t size);
    [[nodiscard]] std::string read_chunked_body();
    void expect_line_end();

    fathom::detail::TcpConnection& connection_;
    std::string buffer_{}; ///< Read, and not yet used.
};

} // namespace fathom::testing::detail
