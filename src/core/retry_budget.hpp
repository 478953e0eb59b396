/// @file
/// How many retries an outage may cause.
#pragma once

#include <cstdint>
#include <deque>

#include <fathom/retry.hpp>
#include <fathom/transport.hpp>

namespace fathom::detail {

/// Counts calls and retries of the last minute.
class RetryBudget {
public:
    using TimePoint = Transport::Clock::time_point;

    explicit RetryBudget(const RetryPolicy& policy) noexcept : share_(policy.budget), reserve_(policy.budget_reserve) {}

    /// A new call was made.
    void count_call(TimePoint now);
    /// Takes a retry out of the budget. The end of a connection that many calls shared is one event, whose first retry pays
    /// for all.
    /// @param connection TransportError::connection of the attempt that failed; 0 for none
    /// @return false where none is left
    [[nodiscard]] bool take_retry(TimePoint now, std::uint64_t connection = 0);

private:
    struct Retry {
        TimePoint at;
        std::uint64_t connection = 0;
    };

    void forget_old(TimePoint now);

    double share_;
    int reserve_;
    std::deque<TimePoint> calls_{};
    std::deque<Retry> retries_{};
};

} // namespace fathom::detail
