#include "limit_counter.hpp"

#include <algorithm>

namespace fathom::testing::detail {

std::optional<std::chrono::seconds> LimitCounter::count(TimePoint now) {
    using std::chrono::seconds;
    forget_old_hits(now);
    if (hits_.size() < limit_.requests) {
        hits_.push_back(now);
        return std::nullopt;
    }
    if (hits_.empty()) return limit_.window;
    // The service subtracts whole seconds: whoever obeys to the millisecond may come up to a second too early.
    const auto first_second = std::chrono::floor<seconds>(hits_.front().time_since_epoch());
    const auto this_second = std::chrono::floor<seconds>(now.time_since_epoch());
    return std::max(seconds{0}, first_second + limit_.window - this_second);
}

void LimitCounter::forget_old_hits(TimePoint now) {
    const auto is_old = [&](TimePoint hit) { return now - hit >= limit_.window; };
    if (window_ == LimitWindow::fixed) {
        if (!hits_.empty() && is_old(hits_.front())) hits_.clear();
        return;
    }
    while (!hits_.empty() && is_old(hits_.front())) hits_.pop_front();
}

} // namespace fathom::testing::detail
