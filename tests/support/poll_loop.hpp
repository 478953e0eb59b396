/// @file
/// The smallest event loop that a client can live in.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include <poll.h>

#include <fathom/event_loop_client.hpp>

namespace fathom {

/// Watches the descriptor of a client, wakes at its deadline, and counts how often that was.
class PollLoop {
public:
    explicit PollLoop(const EventLoopClient& client) : client_(client) {}

    /// Runs until a goal is reached. @return false where that takes a minute
    [[nodiscard]] bool run_until(const auto& is_reached) {
        using Clock = std::chrono::steady_clock;
        const Clock::time_point limit = Clock::now() + std::chrono::minutes{1};
        while (!is_reached()) {
            if (Clock::now() > limit) return false;
            turn(std::chrono::seconds{1});
        }
        return true;
    }
    /// Runs for that long.
    void idle_for(std::chrono::milliseconds duration) {
        using Clock = std::chrono::steady_clock;
        const Clock::time_point until = Clock::now() + duration;
        for (Clock::time_point now = Clock::now(); now < until; now = Clock::now()) {
            turn(std::chrono::ceil<std::chrono::milliseconds>(until - now));
        }
    }
    /// How often process() was called.
    [[nodiscard]] std::size_t turns() const noexcept { return turns_; }
    /// Whether the descriptor is readable.
    [[nodiscard]] bool is_readable() const {
        pollfd watched{.fd = client_.descriptor(), .events = POLLIN, .revents = 0};
        return ::poll(&watched, 1, 0) > 0;
    }

private:
    /// Waits, and processes the client only where it asks for that.
    void turn(std::chrono::milliseconds longest) {
        const auto due = client_.time_to_deadline();
        pollfd watched{.fd = client_.descriptor(), .events = POLLIN, .revents = 0};
        const bool is_ready =
            ::poll(&watched, 1, static_cast<int>(std::min(longest, due.value_or(longest)).count())) > 0;
        if (!is_ready && client_.time_to_deadline() != std::chrono::milliseconds{0}) return;
        client_.process();
        ++turns_;
    }

    const EventLoopClient& client_;
    std::size_t turns_ = 0;
};

} // namespace fathom
