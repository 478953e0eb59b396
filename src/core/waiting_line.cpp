#include "waiting_line.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fathom::detail {

std::optional<std::size_t> WaitingLine::join(const std::shared_ptr<Call>& call) {
    Lane& joined = lane(call->priority);
    const std::uint64_t place = call->progress.place;
    const bool is_last = joined.empty() || joined.rbegin()->first < place;
    joined.emplace(place, call);
    if (call->when_limited == WhenLimited::fail) impatient_.emplace(place, call);
    return is_last ? std::optional(joined.size() - 1) : std::nullopt;
}

void WaitingLine::leave(const Call& call) {
    Lane& left = lane(call.priority);
    const auto place = left.find(call.progress.place);
    if (place == left.end() || place->second.get() != &call) return;
    left.erase(place);
    impatient_.erase(call.progress.place);
}

std::shared_ptr<Call> WaitingLine::serve_next() {
    Lane& served = next_lane();
    const bool is_interactive = &served == &lane(Priority::interactive);
    interactive_in_a_row_ = is_interactive ? interactive_in_a_row_ + 1 : 0;
    std::shared_ptr<Call> call = served.begin()->second;
    leave(*call);
    return call;
}

std::size_t WaitingLine::ahead_of(const Call& call) const {
    const Lane& waiting = lanes_[static_cast<std::size_t>(call.priority)];
    const std::uint64_t place = call.progress.place;
    if (!waiting.empty() && waiting.rbegin()->first == place) return waiting.size() - 1;
    return static_cast<std::size_t>(std::distance(waiting.begin(), waiting.lower_bound(place)));
}

std::vector<std::shared_ptr<Call>> WaitingLine::calls() const {
    std::vector<std::shared_ptr<Call>> all;
    all.reserve(size());
    for (const Priority priority : {Priority::interactive, Priority::background}) {
        for (const auto& [place, call] : lanes_[static_cast<std::size_t>(priority)]) all.push_back(call);
    }
    return all;
}

std::vector<std::shared_ptr<Call>> WaitingLine::impatient() const {
    std::vector<std::shared_ptr<Call>> all;
    all.reserve(impatient_.size());
    for (const auto& [place, call] : impatient_) all.push_back(call);
    return all;
}

std::optional<Call::TimePoint> WaitingLine::oldest_since() const {
    std::optional<Call::TimePoint> oldest;
    for (const Lane& lane : lanes_) {
        if (!lane.empty()) oldest = std::min(oldest.value_or(Call::TimePoint::max()), lane.begin()->second->started_at);
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

} // namespace fathom::detail
