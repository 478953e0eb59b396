/// @file
/// The time of a server whose clock may be set.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <fathom/rate_limit.hpp>

namespace fathom::redis::detail {

/// The limit's time is what the server's clock says plus a correction, which is kept beside the permits. A client that hears
/// the clock again can tell whether it was set meanwhile: it has then moved by something else than both clocks of this
/// machine have. The correction takes that back, for all clients, so that the limit's time goes on evenly.
class ServerClock {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;
    using Microseconds = std::chrono::microseconds;

    /// When a client of this machine asked for the time and had the answer.
    struct Heard {
        TimePoint asked_at{};
        TimePoint answered_at{};
        std::chrono::system_clock::time_point calendar{};
    };

    /// Takes in what the server's clock says.
    /// @param correction that is kept in the server
    /// @return the correction as it must be now
    Microseconds hear(Microseconds server_time, Microseconds correction, const Heard& heard);
    /// The limit's time did not stop before this: somebody has seen it.
    void go_on_from(TimePoint limit_time);

    /// The limit's time when the server was heard last.
    [[nodiscard]] TimePoint now() const noexcept { return now_; }
    /// A time of this machine's as the limit's; not too early.
    [[nodiscard]] TimePoint from_local(TimePoint local) const noexcept { return now_ + (local - heard_.asked_at); }
    [[nodiscard]] bool has_heard() const noexcept { return has_heard_; }

private:
    [[nodiscard]] Clock::duration step_to(TimePoint limit_time, const Heard& heard) const;

    bool has_heard_ = false;
    TimePoint now_{};
    Heard heard_{};
};

} // namespace fathom::redis::detail
