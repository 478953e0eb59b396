/// @file
/// The arithmetic of one limit, without a clock.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// The permits of one group. A permit that was given comes back one window (plus the margin) after its attempt has
/// ended: the server saw the request no later than that, so no window of the server's can hold more than the limit.
class PermitPool {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;

    PermitPool(RateLimit limit, std::chrono::seconds margin, std::chrono::seconds late_arrival);

    /// What a pool remembers, for limiters that keep it outside of the process.
    struct State {
        /// A permit that was given and has not come back.
        struct InFlight {
            std::uint64_t id = 0;
            TimePoint lapses_at{}; ///< Comes back then at the latest, even if nobody tells of its end.
        };
        std::uint64_t last_id = 0;
        TimePoint closed_until{};
        std::vector<InFlight> in_flight{};
        std::deque<TimePoint> returning{}; ///< When the others come back, ascending.
    };

    [[nodiscard]] const State& state() const noexcept { return state_; }
    void restore(State state) { state_ = std::move(state); }

    RateLimiter::Admission acquire(TimePoint now, Clock::duration longest);
    /// Counts a permit that was taken elsewhere, even where none is free.
    RateLimiter::Permit record(TimePoint now, Clock::duration longest);
    void release(RateLimiter::Permit permit, PermitUse use, TimePoint now);
    void close(TimePoint until);
    [[nodiscard]] TimePoint earliest(std::size_t ahead, TimePoint now) const;

    /// How long a permit is held after the end of its attempt.
    [[nodiscard]] Clock::duration hold_after(PermitUse use) const;
    /// Permits that could be taken now.
    [[nodiscard]] std::size_t free_permits(TimePoint now) const;

private:
    void collect_returned(TimePoint now);

    std::size_t limit_;
    Clock::duration hold_;
    Clock::duration late_arrival_;
    State state_{};
};

} // namespace fathom::detail
