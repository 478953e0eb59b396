/// @file
/// The arithmetic of one limit, without a clock.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <variant>
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

    std::variant<RateLimiter::Permit, RateLimiter::Denied> acquire(TimePoint now);
    void release(RateLimiter::Permit permit, PermitUse use, TimePoint now);
    void close(TimePoint until);
    [[nodiscard]] TimePoint earliest(std::size_t ahead, TimePoint now) const;

    /// Permits that could be taken now.
    [[nodiscard]] std::size_t free_permits(TimePoint now) const;

private:
    void collect_returned(TimePoint now);
    [[nodiscard]] Clock::duration hold_after(PermitUse use) const;

    std::size_t limit_;
    Clock::duration hold_;
    Clock::duration late_arrival_;
    std::uint64_t last_id_ = 0;
    std::vector<std::uint64_t> in_flight_{};
    std::deque<TimePoint> returning_{}; // ascending
    TimePoint closed_until_ = TimePoint::min();
};

} // namespace fathom::detail
