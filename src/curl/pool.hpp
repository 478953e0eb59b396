/// @file
/// The connections of a client.
#pragma once

#include <curl/curl.h>

#include <cstddef>

#include "multi_handle.hpp"
#include "socket_events.hpp"

namespace fathom::detail::curl {

/// Connections that are used again, and the transfers on them: a multi handle of libcurl's. When one of them has broken or
/// gone silent, none is trusted any more. libcurl would go on using a silent HTTP/2 connection, so what is suspect ends with
/// the transfers that are under way on it, and all others get a new pool.
class Pool {
public:
    /// @param readiness is to watch its sockets and outlives it; may be null
    /// @throws std::bad_alloc
    explicit Pool(Readiness* readiness);
    Pool(const Pool&) = delete; // libcurl knows its address
    Pool& operator=(const Pool&) = delete;

    [[nodiscard]] CURLM* multi() const noexcept { return multi_.get(); }
    [[nodiscard]] SocketEvents& events() noexcept { return events_; }

    /// Begins a transfer. @throws std::bad_alloc
    void add(CURL* easy);
    void remove(CURL* easy) noexcept;
    [[nodiscard]] std::size_t running() const noexcept { return running_; }

    /// Whether the server answers over HTTP/1, where nothing comes unasked.
    void note_http_1(bool speaks) noexcept { speaks_http_1_ = speaks; }
    [[nodiscard]] bool speaks_http_1() const noexcept { return speaks_http_1_; }
    /// Has no further transfer begin here.
    void suspect() noexcept { is_suspect_ = true; }
    [[nodiscard]] bool is_suspect() const noexcept { return is_suspect_; }

private:
    void keep_connections();

    MultiHandle multi_;
    SocketEvents events_;
    std::size_t running_ = 0;
    long most_connections_ = 0;
    bool is_suspect_ = false;
    bool speaks_http_1_ = false;
};

} // namespace fathom::detail::curl
