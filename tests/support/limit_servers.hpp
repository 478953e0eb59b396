/// @file
/// Servers that limit requests, each in the way of some real one.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// Says of each request as it arrives whether it is served.
class LimitingServer {
public:
    using TimePoint = RateLimiter::Clock::time_point;

    LimitingServer() = default;
    LimitingServer(const LimitingServer&) = delete;
    LimitingServer& operator=(const LimitingServer&) = delete;
    virtual ~LimitingServer() = default;

    /// Whether a request that arrives now is served; otherwise it is answered 429.
    [[nodiscard]] virtual bool takes(TimePoint now) = 0;
    /// A request that was taken has been worked off.
    virtual void worked_off(TimePoint) {}
    /// When a request would be taken again, for a Retry-After that is right; nothing where the server cannot tell.
    [[nodiscard]] virtual std::optional<TimePoint> takes_again_at(TimePoint) const { return std::nullopt; }
};

/// At most so many requests in any window of that length; may count those that it refuses, too.
[[nodiscard]] std::unique_ptr<LimitingServer> sliding_log(RateLimit limit, bool counts_refused);
/// A new window begins at each full minute (or whatever the window is).
[[nodiscard]] std::unique_ptr<LimitingServer> aligned_windows(RateLimit limit);
/// A new window begins with the first request after the last one has ended.
[[nodiscard]] std::unique_ptr<LimitingServer> windows_from_first_hit(RateLimit limit);
/// Holds so many requests, and loses them evenly over the window.
[[nodiscard]] std::unique_ptr<LimitingServer> leaky_bucket(RateLimit limit);
/// The requests of this window, and of the last one as far as it reaches into the sliding one; counts those that it
/// refuses. So does haproxy.
[[nodiscard]] std::unique_ptr<LimitingServer> weighted_counter(RateLimit limit);
/// At most so many requests at the same time.
[[nodiscard]] std::unique_ptr<LimitingServer> concurrency_cap(std::size_t cap);
/// Both a cap and a sliding log.
[[nodiscard]] std::unique_ptr<LimitingServer> cap_and_window(std::size_t cap, RateLimit limit);

} // namespace fathom::detail
