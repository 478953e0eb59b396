/// @file
/// The sockets of a client's connections.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace fathom::detail::curl {

/// Makes the sockets that libcurl connects: no program that this one starts inherits them, and one whose other side has gone
/// silent is given up, also where nobody waits for it. Knows which are open, so that requests that leave in the same turn
/// travel together: libcurl writes each request of an HTTP/2 connection on its own, and each write would be a segment of its
/// own, with all that it costs on both sides.
class OpenSockets {
public:
    /// @param longest_silence how long what was sent may stay unacknowledged
    explicit OpenSockets(std::chrono::milliseconds longest_silence) noexcept : longest_silence_(longest_silence) {}
    OpenSockets(const OpenSockets&) = delete; // libcurl knows its address
    OpenSockets& operator=(const OpenSockets&) = delete;

    /// Has libcurl ask for the sockets of the connections that this handle makes; must outlive them.
    void watch(CURL* easy) noexcept;

    [[nodiscard]] std::size_t count() const noexcept { return open_.size(); }

    /// Whether something has come on the connection from that port that nobody has read.
    [[nodiscard]] bool has_unread(int local_port) const noexcept;

    /// Until send_held_back(), what is written waits for more to travel with.
    void hold_back() const noexcept;
    void send_held_back() const noexcept;

private:
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int on_close(void* self, curl_socket_t socket);

    std::chrono::milliseconds longest_silence_;
    std::vector<curl_socket_t> open_{};
};

} // namespace fathom::detail::curl
