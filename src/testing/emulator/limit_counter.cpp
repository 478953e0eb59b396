#include "limit_counter.hpp"

#include <algorithm>
#include <cstdint>

namespace fathom::testing::detail {

using std::chrono::seconds;

std::optional<seconds> LimitCounter::count(TimePoint now) {
    let_others_in(now);
    if (let_in(now)) return std::nullopt;
    return until_room(now);
}

seconds LimitCounter::until_room(TimePoint now) const {
    if (hits_.empty()) return limit_.window;
    // The service subtracts whole seconds: whoever obeys to the millisecond may come up to a second too early.
    const auto first_second = std::chrono::floor<seconds>(hits_.front().time_since_epoch());
    const auto this_second = std::chrono::floor<seconds>(now.time_since_epoch());
    return std::max(seconds{0}, first_second + limit_.window - this_second);
}

void LimitCounter::reset() {
    hits_.clear();
    next_other_.reset();
}

bool LimitCounter::let_in(TimePoint now) {
    forget_old_hits(now);
    if (hits_.size() >= limit_.requests) return false;
    hits_.push_back(now);
    return true;
}

// They ask at their own pace, whether or not they are let in.
void LimitCounter::let_others_in(TimePoint now) {
    if (others_ == 0) return;
    const auto pause =
        std::max<TimePoint::duration>(limit_.window / static_cast<std::int64_t>(others_), std::chrono::microseconds{1});
    // What is older than two windows has no effect any more.
    const auto earliest = now - 2 * TimePoint::duration{limit_.window};
    if (!next_other_) next_other_ = now;
    if (*next_other_ < earliest) *next_other_ += (earliest - *next_other_) / pause * pause;
    for (; *next_other_ <= now; *next_other_ += pause) static_cast<void>(let_in(*next_other_));
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
