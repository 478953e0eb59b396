#include "retry_budget.hpp"

#include <algorithm>
#include <chrono>

namespace fathom::detail {

void RetryBudget::count_call(TimePoint now) {
    forget_old(now);
    calls_.push_back(now);
}

bool RetryBudget::take_retry(TimePoint now, std::uint64_t connection) {
    forget_old(now);
    const bool is_paid =
        connection != 0 && std::ranges::find(retries_, connection, &Retry::connection) != retries_.end();
    if (is_paid) return true;
    const double allowed = std::max(static_cast<double>(reserve_), share_ * static_cast<double>(calls_.size()));
    if (static_cast<double>(retries_.size() + 1) > allowed) return false;
    retries_.push_back({now, connection});
    return true;
}

void RetryBudget::forget_old(TimePoint now) {
    const auto is_old = [now](TimePoint time) { return now - time >= std::chrono::minutes{1}; };
    while (!calls_.empty() && is_old(calls_.front())) calls_.pop_front();
    while (!retries_.empty() && is_old(retries_.front().at)) retries_.pop_front();
}

} // namespace fathom::detail
