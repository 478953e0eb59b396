#include <fathom/future.hpp>

#include <chrono>
#include <utility>

#include "../loop/occupied_thread.hpp"

namespace fathom::detail {

namespace {

/// From now on; the clock's last moment where the sum is beyond it.
std::chrono::steady_clock::time_point moment_after(std::chrono::nanoseconds duration) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point now = Clock::now();
    return duration < Clock::time_point::max() - now ? now + duration : Clock::time_point::max();
}

} // namespace

FutureStateBase::~FutureStateBase() = default;

bool FutureStateBase::is_ready() const {
    const std::scoped_lock lock(mutex_);
    return is_ready_;
}

bool FutureStateBase::wait() const {
    std::unique_lock lock(mutex_);
    if (!is_ready_ && OccupiedThread::is_this_one()) return false;
    became_ready_.wait(lock, [this] { return is_ready_; });
    return true;
}

bool FutureStateBase::wait_for(std::chrono::nanoseconds longest) const {
    std::unique_lock lock(mutex_);
    if (OccupiedThread::is_this_one()) return is_ready_;
    return became_ready_.wait_until(lock, moment_after(longest), [this] { return is_ready_; });
}

void FutureStateBase::cancel() {
    std::shared_ptr<FutureStateBase> source;
    {
        const std::scoped_lock lock(mutex_);
        if (is_ready_) return;
        is_cancelled_ = true;
        source = source_;
    }
    if (source) source->cancel();
    cancel_call();
}

void FutureStateBase::follow(const std::shared_ptr<FutureStateBase>& source) {
    bool is_cancelled = false;
    {
        const std::scoped_lock lock(mutex_);
        source_ = source;
        is_cancelled = is_cancelled_;
    }
    if (is_cancelled && source) source->cancel();
}

void FutureStateBase::set_executor(Executor executor) {
    const std::scoped_lock lock(mutex_);
    executor_ = std::move(executor);
}

Executor FutureStateBase::executor() const {
    const std::scoped_lock lock(mutex_);
    return executor_;
}

bool FutureStateBase::is_ready_here() const {
    const std::scoped_lock lock(mutex_);
    return is_ready_ && !executor_;
}

bool FutureStateBase::resume_when_ready(std::coroutine_handle<> coroutine) {
    Executor executor;
    {
        const std::scoped_lock lock(mutex_);
        if (!is_ready_) {
            waiting_ = coroutine;
            return true;
        }
        executor = executor_;
    }
    if (!executor) return false;
    executor(Task(coroutine));
    return true;
}

void FutureStateBase::forget_coroutine() noexcept {
    const std::scoped_lock lock(mutex_);
    waiting_ = nullptr;
}

std::coroutine_handle<> FutureStateBase::publish() noexcept {
    std::coroutine_handle<> waiting;
    Executor executor;
    {
        const std::scoped_lock lock(mutex_);
        is_ready_ = true;
        source_.reset();
        waiting = std::exchange(waiting_, nullptr);
        executor = executor_;
        became_ready_.notify_all();
    }
    if (!waiting) return std::noop_coroutine();
    if (!executor) return waiting;
    executor(Task(waiting));
    return std::noop_coroutine();
}

} // namespace fathom::detail
