#include "fault_board.hpp"

#include <algorithm>

namespace fathom::testing::detail {

void FaultBoard::add(const Fault& fault, const FaultSchedule& schedule) {
    const std::lock_guard lock{mutex_};
    waiting_.push_back({fault, schedule});
}

void FaultBoard::clear() {
    const std::lock_guard lock{mutex_};
    waiting_.clear();
}

std::optional<Fault> FaultBoard::take(const RecordedRequest& request) {
    const std::lock_guard lock{mutex_};
    for (auto candidate = waiting_.begin(); candidate != waiting_.end(); ++candidate) {
        FaultSchedule& schedule = candidate->schedule;
        if (!schedule.only.matches(request)) continue;
        if (schedule.after > 0) {
            --schedule.after;
            continue;
        }
        std::optional<Fault> fault = candidate->fault;
        const bool is_last = schedule.times == 1;
        if (is_last) {
            waiting_.erase(candidate);
        } else if (schedule.times > 1) {
            --schedule.times;
        }
        return fault;
    }
    return std::nullopt;
}

std::size_t RequestLog::add(const RecordedRequest& request) {
    std::size_t number = 0;
    {
        const std::lock_guard lock{mutex_};
        number = cleared_ + requests_.size();
        requests_.push_back(request);
    }
    arrival_.notify_all();
    return number;
}

void RequestLog::answered(std::size_t number, int status) {
    const std::lock_guard lock{mutex_};
    if (number >= cleared_) requests_[number - cleared_].status = status;
}

void RequestLog::clear() {
    const std::lock_guard lock{mutex_};
    cleared_ += requests_.size();
    requests_.clear();
}

std::vector<RecordedRequest> RequestLog::find(const RequestFilter& filter) const {
    const std::lock_guard lock{mutex_};
    std::vector<RecordedRequest> found;
    std::ranges::copy_if(requests_, std::back_inserter(found),
                         [&](const RecordedRequest& request) { return filter.matches(request); });
    return found;
}

std::size_t RequestLog::count(const RequestFilter& filter) const {
    const std::lock_guard lock{mutex_};
    return count_locked(filter);
}

bool RequestLog::wait_for(std::size_t count, std::chrono::milliseconds at_most, const RequestFilter& filter) const {
    std::unique_lock lock{mutex_};
    return arrival_.wait_for(lock, at_most, [&] { return count_locked(filter) >= count; });
}

std::size_t RequestLog::count_locked(const RequestFilter& filter) const {
    return static_cast<std::size_t>(std::count_if(
        requests_.begin(), requests_.end(), [&](const RecordedRequest& request) { return filter.matches(request); }));
}

} // namespace fathom::testing::detail
