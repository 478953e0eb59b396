#include "retry_budget.hpp"

#include <algorithm>
#include <chrono>

namespace fathom::detail {

void RetryBudget::count_call(TimePoint now) {
    forget_old(calls_, now);
    calls_.push_back(now);
}

bool RetryBudget::take_retry(TimePoint now) {
    forget_old(calls_, now);
    forget_old(retries_, now);
    const double allowed = std::max(static_cast<double>(reserve_), share_ * static_cast<double>(calls_.size()));
    if (static_cast<double>(retries_.size() + 1) > allowed) return false;
    retries_.push_back(now);
    return true;
}

void RetryBudget::forget_old(std::deque<TimePoint>& times, TimePoint now) {
    while (!times.empty() && now - times.front() >= std::chrono::minutes{1}) times.pop_front();
}

} // namespace fathom::detail
