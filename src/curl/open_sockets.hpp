/// @file
/// The sockets of a client's connections, so that requests that leave in the same turn travel together.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <vector>

namespace fathom::detail::curl {

/// Knows which sockets libcurl has open. libcurl writes each request of an HTTP/2 connection on its own, and each write
/// would be a segment of its own, with all that it costs on both sides.
class OpenSockets {
public:
    OpenSockets() = default;
    OpenSockets(const OpenSockets&) = delete; // libcurl knows its address
    OpenSockets& operator=(const OpenSockets&) = delete;

    /// Has libcurl tell of the connections that this handle makes; must outlive them.
    void watch(CURL* easy) noexcept;

    [[nodiscard]] std::size_t count() const noexcept { return open_.size(); }

    /// Until send_held_back(), what is written waits for more to travel with.
    void hold_back() const noexcept;
    void send_held_back() const noexcept;

private:
    static int on_open(void* self, curl_socket_t socket, curlsocktype purpose);
    static int on_close(void* self, curl_socket_t socket);

    std::vector<curl_socket_t> open_{};
};

} // namespace fathom::detail::curl
