/// @file
/// How many retries an outage may cause.
#pragma once

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
    /// Takes a retry out of the budget. @return false where none is left
    [[nodiscard]] bool take_retry(TimePoint now);

private:
    static void forget_old(std::deque<TimePoint>& times, TimePoint now);

    double share_;
    int reserve_;
    std::deque<TimePoint> calls_{};
    std::deque<TimePoint> retries_{};
};

} // namespace fathom::detail
