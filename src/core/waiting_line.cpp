#include "waiting_line.hpp"

#include <algorithm>
#include <utility>

namespace fathom::detail {

std::size_t WaitingLine::join(const std::shared_ptr<Call>& call) {
    Lane& joined = lane(call->priority);
    const auto place = std::ranges::upper_bound(joined, call->sequence, {}, &Call::sequence);
    const auto ahead = static_cast<std::size_t>(place - joined.begin());
    joined.insert(place, call);
    count_impatient(*call, 1);
    return ahead;
}

void WaitingLine::leave(const Call& call) {
    Lane& left = lane(call.priority);
    const auto place = std::ranges::lower_bound(left, call.sequence, {}, &Call::sequence);
    if (place == left.end() || place->get() != &call) return;
    left.erase(place);
    count_impatient(call, -1);
}

std::shared_ptr<Call> WaitingLine::serve_next() {
    Lane& served = next_lane();
    const bool is_interactive = &served == &lane(Priority::interactive);
    interactive_in_a_row_ = is_interactive ? interactive_in_a_row_ + 1 : 0;
    std::shared_ptr<Call> call = std::move(served.front());
    served.pop_front();
    count_impatient(*call, -1);
    return call;
}

std::vector<std::shared_ptr<Call>> WaitingLine::calls() const {
    const Lane& interactive = lanes_[static_cast<std::size_t>(Priority::interactive)];
    const Lane& background = lanes_[static_cast<std::size_t>(Priority::background)];
    std::vector<std::shared_ptr<Call>> all(interactive.begin(), interactive.end());
    all.insert(all.end(), background.begin(), background.end());
    return all;
}

std::optional<Call::TimePoint> WaitingLine::oldest_since() const {
    std::optional<Call::TimePoint> oldest;
    for (const Lane& lane : lanes_) {
        if (!lane.empty()) oldest = std::min(oldest.value_or(Call::TimePoint::max()), lane.front()->started_at);
    }
    return oldest;
}

WaitingLine::Lane& WaitingLine::next_lane() noexcept {
    Lane& interactive = lane(Priority::interactive);
    Lane& background = lane(Priority::background);
    if (interactive.empty()) return background;
    const bool is_backgrounds_turn = interactive_in_a_row_ >= most_interactive_in_a_row;
    return is_backgrounds_turn && !background.empty() ? background : interactive;
}

void WaitingLine::count_impatient(const Call& call, int change) noexcept {
    if (call.when_limited == WhenLimited::fail) impatient_ += change;
}

} // namespace fathom::detail
