/// @file
/// LimitCounter: the service's side of a rate limit.
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include <fathom/testing/emulator_options.hpp>

namespace fathom::testing::detail {

/// Counts the requests of one group. Refused requests don't count.
class LimitCounter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    LimitCounter(ServerLimit limit, LimitWindow window) : limit_{limit}, window_{window} {}

    /// Counts a request that arrives now.
    /// @return the Retry-After of one that is too many
    [[nodiscard]] std::optional<std::chrono::seconds> count(TimePoint now);
    /// How many more would be let in now.
    [[nodiscard]] std::size_t remaining() const noexcept { return limit_.requests - hits_.size(); }
    [[nodiscard]] std::size_t limit() const noexcept { return limit_.requests; }
    void reset() { hits_.clear(); }

private:
    void forget_old_hits(TimePoint now);

    ServerLimit limit_;
    LimitWindow window_;
    std::deque<TimePoint> hits_{};
};

} // namespace fathom::testing::detail
