#include "turns.hpp"

namespace fathom::cli {

void WorkQueue::post(std::function<void()> work) {
    {
        const std::scoped_lock lock(mutex_);
        work_.push_back(std::move(work));
    }
    changed_.notify_one();
}

void WorkQueue::run_for(std::chrono::milliseconds longest) {
    std::deque<std::function<void()>> now;
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, longest, [this] { return !work_.empty(); });
        now.swap(work_);
    }
    for (const auto& work : now) work();
}

void Turns::give_back() {
    if (waiting_.empty()) {
        ++free_;
        return;
    }
    const std::coroutine_handle<> next = waiting_.front();
    waiting_.pop_front();
    queue_.post([next] { next.resume(); });
}

} // namespace fathom::cli
