/// @file
/// What happens at the sockets of a multi handle.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "../platform/readiness.hpp"
#include "multi_handle.hpp"

namespace fathom::detail::curl {

/// Knows the sockets of a multi handle, and has it deal with just those where something happened. curl_multi_poll() and
/// curl_multi_perform() look at every transfer each time, and ask the system about its socket once more.
///
/// Some releases of libcurl forget to tell of a socket that a transfer waits for (7.87.0 while it connects over TLS), so
/// after a silence all transfers are looked at.
class SocketEvents {
public:
    using Clock = std::chrono::steady_clock;

    /// @param multi outlives this
    /// @param readiness is to watch the same sockets and outlives this; may be null
    explicit SocketEvents(CURLM* multi, Readiness* readiness = nullptr,
                          std::chrono::milliseconds longest_silence = std::chrono::seconds{1});
    SocketEvents(const SocketEvents&) = delete; // libcurl knows its address
    SocketEvents& operator=(const SocketEvents&) = delete;
    ~SocketEvents();

    /// Deals with what a SocketWaiter has found, and with the timers that are due.
    void handle();
    /// When handle() has something to do although nothing happens; nothing where it has not.
    [[nodiscard]] std::optional<Clock::time_point> next_due() const;

private:
    friend class SocketWaiter;

    [[nodiscard]] std::chrono::milliseconds bounded(std::chrono::milliseconds longest) const;
    void take_ready();
    static int on_change(CURL* easy, curl_socket_t socket, int interest, void* self, void*);
    void change(curl_socket_t socket, int interest);
    void make_known(curl_socket_t socket, short events) noexcept;

    CURLM* multi_;
    Readiness* readiness_;
    std::chrono::milliseconds longest_silence_;
    int running_ = 0;                           ///< Transfers that have not ended.
    Clock::time_point heard_at_ = Clock::now(); ///< When something happened, or all transfers were looked at.
    bool is_silent_ = false;
    std::vector<curl_waitfd> watched_{}; ///< With what has happened since the last handle().
    std::vector<curl_waitfd> ready_{};   ///< A member lest it be allocated each time.
};

/// Waits until something happens at the sockets of any of several multi handles.
class SocketWaiter {
public:
    SocketWaiter() : multi_(curl_multi_init()) {}

    [[nodiscard]] bool is_valid() const noexcept { return multi_ != nullptr; }

    /// Waits at most so long for something to happen, or for the next timer of a multi handle, or for wake().
    void wait(std::chrono::milliseconds longest, std::span<SocketEvents* const> all);
    /// Makes the current or the next wait() return at once. Safe from any thread.
    void wake() noexcept;

private:
    MultiHandle multi_;                  ///< Has no transfers; waits for the sockets of others, and can be woken.
    std::vector<curl_waitfd> sockets_{}; ///< A member lest it be allocated each time.
};

} // namespace fathom::detail::curl
