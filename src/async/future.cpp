#include <fathom/future.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "../core/saturated.hpp"
#include "../core/thrown_error.hpp"
#include "../loop/loop.hpp"
#include "../loop/occupied_thread.hpp"
#include "../platform/fork.hpp"

namespace fathom::detail {

namespace {

/// From now on; the clock's last moment where the sum is beyond it.
std::chrono::steady_clock::time_point moment_after(std::chrono::nanoseconds duration) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point now = Clock::now();
    return duration < Clock::time_point::max() - now ? now + duration : Clock::time_point::max();
}

thread_local std::vector<std::coroutine_handle<>>* turn = nullptr; // of resume_in_turn(), while it runs

} // namespace

void resume_apart(std::coroutine_handle<> coroutine) noexcept {
    auto* const outer = std::exchange(turn, nullptr);
    resume_in_turn(coroutine);
    turn = outer;
}

void resume_in_turn(std::coroutine_handle<> coroutine) noexcept {
    if (turn != nullptr) {
        try {
            turn->push_back(coroutine);
        } catch (...) {
            coroutine.resume(); // deeper in the stack than it should be, but not lost
        }
        return;
    }
    std::vector<std::coroutine_handle<>> in_turn;
    turn = &in_turn;
    coroutine.resume();
    while (!in_turn.empty()) {
        for (const std::coroutine_handle<> next : std::exchange(in_turn, {})) next.resume();
    }
    turn = nullptr;
}

struct FutureStateBase::Shared {
    const unsigned generation = generation_of_process();
    std::atomic<bool> is_ready{
        false}; ///< Set under the mutex; read without it in a child of fork(), where that may be stuck.
    std::mutex mutex{};
    std::condition_variable became_ready{};
    std::optional<Error> failure{}; ///< Of the executor.
    bool is_cancelled = false;
    std::coroutine_handle<> waiting{};
    Executor executor{};
    std::shared_ptr<FutureStateBase> source{};
    Loop* driven = nullptr; ///< By a thread that waits for the outcome.
};

FutureStateBase::FutureStateBase() : shared_(std::make_unique<Shared>()) {}
FutureStateBase::~FutureStateBase() = default;

bool FutureStateBase::is_ready() const { return shared_->is_ready; }

/// Whether this is the child of a fork(), where no thread will ever bring the outcome.
bool FutureStateBase::is_stranded() const noexcept {
    return !shared_->is_ready && shared_->generation != generation_of_process();
}

std::optional<Error> FutureStateBase::lack_of_outcome() const {
    if (is_stranded()) {
        return Error{.kind = ErrorKind::invalid_argument,
                     .message = "this future was made before fork(), and does not become ready in the child; make the "
                                "call there"};
    }
    return shared_->failure;
}

std::optional<Error> FutureStateBase::wait() const {
    if (is_stranded()) return lack_of_outcome();
    if (!is_ready() && OccupiedThread::is_this_one()) {
        return Error{.kind = ErrorKind::would_deadlock,
                     .message = "a continuation waits for an outcome that comes on its own thread; use then() or "
                                "co_await there, or give the client an executor"};
    }
    while (!is_ready()) await_ready_for(longest_duration);
    return std::nullopt;
}

bool FutureStateBase::wait_for(std::chrono::nanoseconds longest) const {
    if (is_stranded()) return false;
    if (OccupiedThread::is_this_one()) return is_ready();
    await_ready_for(saturated(longest));
    return is_ready();
}

/// The loop that this thread is to drive, of the call at the end of the chain of futures.
std::shared_ptr<Loop> FutureStateBase::loop_of_source() const {
    if (std::shared_ptr<Loop> loop = loop_to_drive()) return loop;
    std::shared_ptr<FutureStateBase> source = this->source();
    while (source) {
        if (std::shared_ptr<Loop> loop = source->loop_to_drive()) return loop;
        source = source->source();
    }
    return nullptr;
}

std::shared_ptr<FutureStateBase> FutureStateBase::source() const {
    const std::scoped_lock lock(shared_->mutex);
    return shared_->source;
}

/// Drives one loop after the other, as a coroutine awaits calls of several clients in turn. Between them it may await what comes
/// on another thread, which begins the next call there: nobody tells of that, so it looks now and then.
void FutureStateBase::await_ready_for(std::chrono::nanoseconds longest) const {
    constexpr std::chrono::milliseconds between_looks{20};
    std::shared_ptr<Loop> loop; // the last one where it is not known which is next
    while (!is_ready() && longest > std::chrono::nanoseconds::zero()) {
        const std::shared_ptr<Loop> next = loop_of_source();
        if (next) loop = next;
        const bool looks_again = !next && Loop::is_any_hosted();
        const auto slice = looks_again ? std::min<std::chrono::nanoseconds>(longest, between_looks) : longest;
        if (!loop) {
            longest -= sleep(slice);
        } else if (const auto driven = drive(*loop, next, slice)) {
            longest -= *driven;
        } else {
            longest -= sleep(std::min<std::chrono::nanoseconds>(longest, between_looks));
        }
    }
}

/// Until there is another source, too. @return how long it took by the loop's clock; nothing where another thread drives
std::optional<std::chrono::nanoseconds> FutureStateBase::drive(Loop& loop, const std::shared_ptr<Loop>& source,
                                                               std::chrono::nanoseconds longest) const {
    const auto began = loop.steady_now();
    set_driven(&loop);
    const bool has_driven =
        loop.process_until([&] { return is_ready() || loop_of_source() != source; }, began + longest);
    set_driven(nullptr);
    return has_driven ? std::optional<std::chrono::nanoseconds>(loop.steady_now() - began) : std::nullopt;
}

/// @return how long it took
std::chrono::nanoseconds FutureStateBase::sleep(std::chrono::nanoseconds longest) const {
    const auto began = std::chrono::steady_clock::now();
    std::unique_lock lock(shared_->mutex);
    shared_->became_ready.wait_until(lock, moment_after(longest), [this] { return shared_->is_ready.load(); });
    return std::chrono::steady_clock::now() - began;
}

void FutureStateBase::set_driven(Loop* loop) const {
    const std::scoped_lock lock(shared_->mutex);
    shared_->driven = loop;
}

/// One after the other, since a chain of futures may be longer than the stack is deep.
void FutureStateBase::cancel() {
    if (is_ready() || is_stranded()) return;
    std::shared_ptr<FutureStateBase> source = mark_cancelled();
    cancel_call();
    while (source) {
        const std::shared_ptr<FutureStateBase> current = std::move(source);
        source = current->mark_cancelled();
        current->cancel_call();
    }
}

/// @return what makes the outcome; null where that is no other future
std::shared_ptr<FutureStateBase> FutureStateBase::mark_cancelled() {
    const std::scoped_lock lock(shared_->mutex);
    shared_->is_cancelled = true;
    return shared_->source;
}

void FutureStateBase::follow(const std::shared_ptr<FutureStateBase>& source) {
    if (is_stranded()) return;
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
    if (is_stranded()) return {};
    const std::scoped_lock lock(shared_->mutex);
    return shared_->executor;
}

bool FutureStateBase::is_ready_here() const {
    if (is_stranded()) return true; // with an error in place of the outcome
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
    return executor && hand_to(executor, coroutine);
}

/// Where an executor throws, its task must go on all the same, so it does where it is, with an error.
/// @return whether the executor took it
bool FutureStateBase::hand_to(const Executor& executor, std::coroutine_handle<> coroutine) noexcept {
    try {
        executor(Access::make<Task>(coroutine));
        return true;
    } catch (...) {
        shared_->failure = thrown_error("the executor");
        return false;
    }
}

void FutureStateBase::forget_coroutine() noexcept {
    if (is_stranded()) return;
    const std::scoped_lock lock(shared_->mutex);
    shared_->waiting = nullptr;
}

std::coroutine_handle<> FutureStateBase::publish() noexcept {
    std::coroutine_handle<> waiting;
    Executor executor;
    std::shared_ptr<FutureStateBase> source; // ends when no lock is held
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->is_ready = true;
        source = std::move(shared_->source);
        waiting = std::exchange(shared_->waiting, nullptr);
        executor = shared_->executor;
        shared_->became_ready.notify_all();
        if (shared_->driven != nullptr) shared_->driven->nudge();
    }
    if (!waiting) return std::noop_coroutine();
    if (!executor || !hand_to(executor, waiting)) return waiting;
    return std::noop_coroutine();
}

} // namespace fathom::detail
