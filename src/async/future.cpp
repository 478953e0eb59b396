#include <fathom/future.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
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

struct FutureStateBase::Shared {
    std::mutex mutex{};
    std::condition_variable became_ready{};
    bool is_ready = false;
    bool is_cancelled = false;
    std::coroutine_handle<> waiting{};
    Executor executor{};
    std::shared_ptr<FutureStateBase> source{};
};

FutureStateBase::FutureStateBase() : shared_(std::make_unique<Shared>()) {}
FutureStateBase::~FutureStateBase() = default;

bool FutureStateBase::is_ready() const {
    const std::scoped_lock lock(shared_->mutex);
    return shared_->is_ready;
}

bool FutureStateBase::wait() const {
    std::unique_lock lock(shared_->mutex);
    if (!shared_->is_ready && OccupiedThread::is_this_one()) return false;
    shared_->became_ready.wait(lock, [this] { return shared_->is_ready; });
    return true;
}

bool FutureStateBase::wait_for(std::chrono::nanoseconds longest) const {
    std::unique_lock lock(shared_->mutex);
    if (OccupiedThread::is_this_one()) return shared_->is_ready;
    return shared_->became_ready.wait_until(lock, moment_after(longest), [this] { return shared_->is_ready; });
}

void FutureStateBase::cancel() {
    std::shared_ptr<FutureStateBase> source;
    {
        const std::scoped_lock lock(shared_->mutex);
        if (shared_->is_ready) return;
        shared_->is_cancelled = true;
        source = shared_->source;
    }
    if (source) source->cancel();
    cancel_call();
}

void FutureStateBase::follow(const std::shared_ptr<FutureStateBase>& source) {
    bool is_cancelled = false;
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->source = source;
        is_cancelled = shared_->is_cancelled;
    }
    if (is_cancelled && source) source->cancel();
}

void FutureStateBase::set_executor(Executor executor) {
    const std::scoped_lock lock(shared_->mutex);
    shared_->executor = std::move(executor);
}

Executor FutureStateBase::executor() const {
    const std::scoped_lock lock(shared_->mutex);
    return shared_->executor;
}

bool FutureStateBase::is_ready_here() const {
    const std::scoped_lock lock(shared_->mutex);
    return shared_->is_ready && !shared_->executor;
}

bool FutureStateBase::resume_when_ready(std::coroutine_handle<> coroutine) {
    Executor executor;
    {
        const std::scoped_lock lock(shared_->mutex);
        if (!shared_->is_ready) {
            shared_->waiting = coroutine;
            return true;
        }
        executor = shared_->executor;
    }
    if (!executor) return false;
    executor(Access::make<Task>(coroutine));
    return true;
}

void FutureStateBase::forget_coroutine() noexcept {
    const std::scoped_lock lock(shared_->mutex);
    shared_->waiting = nullptr;
}

std::coroutine_handle<> FutureStateBase::publish() noexcept {
    std::coroutine_handle<> waiting;
    Executor executor;
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->is_ready = true;
        shared_->source.reset();
        waiting = std::exchange(shared_->waiting, nullptr);
        executor = shared_->executor;
        shared_->became_ready.notify_all();
    }
    if (!waiting) return std::noop_coroutine();
    if (!executor) return waiting;
    executor(Access::make<Task>(waiting));
    return std::noop_coroutine();
}

} // namespace fathom::detail
