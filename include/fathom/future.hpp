/// @file
/// Future: the outcome of a call that does not block, to be waited for, continued or awaited.
#pragma once

#include <fathom/detail/language.hpp>

#include <chrono>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <fathom/detail/access.hpp>
#include <fathom/executor.hpp>
#include <fathom/export.hpp>
#include <fathom/result.hpp>

namespace fathom::inline v0_2 {

template <class T>
class Future;

} // namespace fathom::inline v0_2

namespace fathom::detail {

class Loop;

/// What a future and the work that makes its outcome share.
class FATHOM_EXPORT FutureStateBase {
public:
    FutureStateBase();
    FutureStateBase(const FutureStateBase&) = delete;
    FutureStateBase& operator=(const FutureStateBase&) = delete;
    virtual ~FutureStateBase();

    [[nodiscard]] bool is_ready() const;
    /// @return why waiting would never end, where it would not
    [[nodiscard]] std::optional<Error> wait() const;
    /// @return whether the outcome is there now
    [[nodiscard]] bool wait_for(std::chrono::nanoseconds longest) const;

    /// Asks whatever makes the outcome to give up.
    void cancel();
    /// From now on, what makes the outcome waits for this one; a cancellation goes there.
    void follow(const std::shared_ptr<FutureStateBase>& source);

    void set_executor(Executor executor);
    [[nodiscard]] Executor executor() const;
    /// Whether a coroutine may go on at once, where it is.
    [[nodiscard]] bool is_ready_here() const;
    /// Resumes a coroutine when the outcome is there. @return false where it is there, and no executor is to be used
    [[nodiscard]] bool resume_when_ready(std::coroutine_handle<> coroutine);
    /// The coroutine is destroyed without having been resumed.
    void forget_coroutine() noexcept;

    /// What stands in for an outcome that cannot be had: of a future from before fork(), or whose executor threw.
    [[nodiscard]] std::optional<Error> lack_of_outcome() const;

    /// Tells everybody that the outcome is there. @return the coroutine that is to be resumed here
    [[nodiscard]] std::coroutine_handle<> publish() noexcept;

protected:
    /// Asks the call that makes the outcome to give up, where it is one.
    virtual void cancel_call() noexcept {}
    /// The loop that this thread drives while it waits for the outcome; null where others bring that.
    [[nodiscard]] virtual std::shared_ptr<Loop> loop_to_drive() const { return nullptr; }

private:
    [[nodiscard]] std::shared_ptr<Loop> loop_of_source() const;
    [[nodiscard]] std::shared_ptr<FutureStateBase> source() const;
    void await_ready_for(std::chrono::nanoseconds longest) const;
    [[nodiscard]] std::optional<std::chrono::nanoseconds> drive(Loop& loop, const std::shared_ptr<Loop>& source,
                                                                std::chrono::nanoseconds longest) const;
    [[nodiscard]] std::chrono::nanoseconds sleep(std::chrono::nanoseconds longest) const;
    void set_driven(Loop* loop) const;
    [[nodiscard]] std::shared_ptr<FutureStateBase> mark_cancelled();
    [[nodiscard]] bool is_stranded() const noexcept;
    [[nodiscard]] bool hand_to(const Executor& executor, std::coroutine_handle<> coroutine) noexcept;

    struct Shared; // whose lock's header is a burden to each file that includes this one
    std::unique_ptr<Shared> shared_;
};

/// The same with its outcome, which is written before publish() and read after.
template <class T>
class FutureState : public FutureStateBase {
public:
    void set_result(Result<T> result) { result_.emplace(std::move(result)); }
    /// An Exception of this library becomes the Error that it carries; any other is kept to be thrown again.
    void set_current_exception() noexcept {
        try {
            throw;
        } catch (const Exception& exception) {
            keep(exception);
        } catch (...) {
            exception_ = std::current_exception();
        }
    }
    [[nodiscard]] Result<T> take() {
        if (std::optional<Error> lack = lack_of_outcome()) return *std::move(lack);
        if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
        return *std::move(result_);
    }

private:
    void keep(const Exception& exception) noexcept {
        try {
            result_.emplace(exception.error());
        } catch (...) { // without memory for a copy
            exception_ = std::current_exception();
        }
    }

    std::optional<Result<T>> result_{};
    std::exception_ptr exception_{};
};

/// Suspends a coroutine until a future is ready.
template <class T>
class FutureAwaiter {
public:
    explicit FutureAwaiter(std::shared_ptr<FutureState<T>> state) noexcept : state_(std::move(state)) {}
    FutureAwaiter(const FutureAwaiter&) = delete;
    FutureAwaiter& operator=(const FutureAwaiter&) = delete;
    ~FutureAwaiter() {
        if (is_suspended_) state_->forget_coroutine();
    }

    [[nodiscard]] bool await_ready() const { return state_->is_ready_here(); }
    [[nodiscard]] bool await_suspend(std::coroutine_handle<> coroutine) {
        is_suspended_ = true; // before another thread may resume the coroutine and end this awaiter
        if (state_->resume_when_ready(coroutine)) return true;
        is_suspended_ = false;
        return false;
    }
    [[nodiscard]] Result<T> await_resume() {
        is_suspended_ = false;
        return state_->take();
    }

private:
    std::shared_ptr<FutureState<T>> state_;
    bool is_suspended_ = false;
};

template <class T>
struct FuturePromiseBase;
template <class T>
struct FuturePromise;

template <class T>
inline constexpr bool is_future = false;
template <class T>
inline constexpr bool is_future<Future<T>> = true;

/// What a future holds that continues with something that gives `Given`.
template <class Given>
struct Continued {
    using type = Given;
};
template <class T>
struct Continued<Result<T>> {
    using type = T;
};
template <class T>
struct Continued<Future<T>> {
    using type = T;
};

template <class T, class F>
using ContinuedBy = typename Continued<std::remove_cvref_t<std::invoke_result_t<F&, Result<T>>>>::type;

template <class T, class F>
Future<ContinuedBy<T, F>> continue_with(Future<T> future, F function);

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// The outcome of a call that is under way: a Result<T>, when it is there. What may be done with it, once:
///   - get() waits for it;
///   - then() goes on with a function when it is there;
///   - `co_await std::move(future)` goes on with a coroutine. A coroutine may also return a Future.
///
/// Continuations run on the client's background thread, one after another, so they must be short and never block; of an
/// EventLoopClient they run in its process(); or where an Executor puts them. Without one, a future that is ready already
/// goes on at once, on the thread that continues or awaits it. A future that is dropped lets its call go on and drops the
/// outcome; detach() says that this is meant, cancel() ends the call.
///
/// g++ before 14 destroys a struct that braces make within an expression with `co_await` twice: make the future in a statement
/// before, `auto site = client.sites().create({.name = name});`, and await it in the next, `co_await std::move(site)`.
///
/// @code
/// fathom::Future<fathom::Site> site = client.sites().get(fathom::SiteId{"CDBUGS"});
/// std::move(site).then([](fathom::Result<fathom::Site> result) { show(result.value().name); }).detach();
/// @endcode
///
/// A continuation or coroutine that throws fathom::Exception gives its Error as outcome; whatever else it throws is
/// thrown again by get() and `co_await`.
template <class T>
class [[nodiscard]] Future {
public:
    using value_type = T; ///< What a success holds.

    /// Of no call.
    Future() = default;
    /// Whether this is the future of a call whose outcome has not been taken.
    [[nodiscard]] bool valid() const noexcept { return state_ != nullptr; }
    /// Whether the outcome is there.
    [[nodiscard]] bool is_ready() const { return state().is_ready(); }

    /// Waits for the outcome and gives it; the future is not valid() afterwards. On the thread of an EventLoopClient it
    /// processes that client meanwhile. Where waiting would never end, because this is a continuation on the client's
    /// background thread, it gives ErrorKind::would_deadlock and stays valid(). In the child of a fork() a future from before
    /// it gives ErrorKind::invalid_argument.
    [[nodiscard]] Result<T> get() {
        if (std::optional<Error> error = state().wait()) return *std::move(error);
        return std::exchange(state_, nullptr)->take();
    }
    /// Waits at most so long. @return whether the outcome is there; at once in a continuation on the client's thread
    [[nodiscard]] bool wait_for(std::chrono::nanoseconds longest) const { return state().wait_for(longest); }

    /// Asks the call to end with ErrorKind::cancelled, wherever it is; does nothing where the outcome is there. Of a
    /// coroutine it cancels what the coroutine awaits now, and all futures that it awaits from now on.
    void cancel() { state().cancel(); }

    /// The same future, whose continuation runs where the executor puts it; an empty one: on the background thread.
    [[nodiscard]] Future via(Executor executor) && {
        state().set_executor(std::move(executor));
        return std::move(*this);
    }

    /// Goes on with `function(Result<T>)` when the outcome is there.
    /// @return the future of what the function gives: of `U`, where it gives `U`, `Result<U>` or `Future<U>`
    template <class F>
        requires requires(F& function, Result<T> result) { function(std::move(result)); }
    auto then(F function) && {
        Executor executor = state().executor();
        auto next = detail::continue_with(std::move(*this), std::move(function));
        next.state_->set_executor(std::move(executor));
        return next;
    }

    /// Not of a future that has a name and could be used again.
    template <class F>
    void then(F function) & = delete; // it can be continued once: write std::move(future).then(…)

    /// Lets the call go on without anybody who takes its outcome.
    void detach() && noexcept { state_ = nullptr; }

    /// Awaits the outcome in a coroutine; `co_await` gives a Result<T>.
    [[nodiscard]] auto operator co_await() && {
        std::ignore = state();
        return detail::FutureAwaiter<T>(std::exchange(state_, nullptr));
    }
    /// Not of a future that has a name and could be used again.
    void operator co_await() & = delete; // it can be awaited once: write co_await std::move(future)

private:
    friend struct detail::Access;
    template <class U>
    friend class Future;
    template <class U>
    friend struct detail::FuturePromiseBase;

    explicit Future(std::shared_ptr<detail::FutureState<T>> state) noexcept : state_(std::move(state)) {}

    [[nodiscard]] detail::FutureState<T>& state() const {
        if (!state_) throw Exception(invalid_argument("future", "has no outcome: it was taken or moved away"));
        return *state_;
    }

    std::shared_ptr<detail::FutureState<T>> state_{};
};

} // namespace fathom::inline v0_2

namespace fathom::detail {

/// Resumes a coroutine; where this thread is resuming one already, as soon as that has suspended or ended. So a chain of any
/// length takes one frame of the stack, which compilers that do not optimize would not see to by themselves.
FATHOM_EXPORT void resume_in_turn(std::coroutine_handle<> coroutine) noexcept;

/// The end of a coroutine that returns a Future: its frame goes, then its outcome is told.
struct FutureEnd {
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    template <class Promise>
    static void await_suspend(std::coroutine_handle<Promise> coroutine) noexcept {
        const auto state = std::move(coroutine.promise().state);
        coroutine.destroy();
        resume_in_turn(state->publish());
    }
    static void await_resume() noexcept {}
};

template <class T>
struct FuturePromiseBase {
    std::shared_ptr<FutureState<T>> state = std::make_shared<FutureState<T>>();

    [[nodiscard]] Future<T> get_return_object() { return Access::make<Future<T>>(state); }
    [[nodiscard]] static std::suspend_never initial_suspend() noexcept { return {}; }
    [[nodiscard]] static FutureEnd final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { state->set_current_exception(); }

    template <class U>
    [[nodiscard]] FutureAwaiter<U> await_transform(Future<U>&& future) {
        state->follow(future.state_);
        return std::move(future).operator co_await();
    }
    template <class Awaitable>
    [[nodiscard]] Awaitable&& await_transform(Awaitable&& awaitable) noexcept {
        return std::forward<Awaitable>(awaitable);
    }
};

template <class T>
struct FuturePromise : FuturePromiseBase<T> {
    void return_value(Result<T> result) { this->state->set_result(std::move(result)); }
};

template <class T>
    requires std::is_void_v<T> // not <void>, which would be compiled wherever this header is
struct FuturePromise<T> : FuturePromiseBase<T> {
    void return_void() { this->state->set_result({}); }
};

} // namespace fathom::detail

/// Makes coroutines that return a Future.
template <class T, class... Arguments>
struct std::coroutine_traits<fathom::Future<T>, Arguments...> {
    using promise_type = fathom::detail::FuturePromise<T>; ///< The library's own.
};

namespace fathom::detail {

template <class T, class F>
Future<ContinuedBy<T, F>> continue_with(Future<T> future, F function) {
    using Given = std::remove_cvref_t<std::invoke_result_t<F&, Result<T>>>;
    constexpr bool gives_nothing = std::is_void_v<ContinuedBy<T, F>>;
    Result<T> result = co_await std::move(future); // NOLINT(misc-const-correctness): moved from below
    if constexpr (std::is_void_v<Given>) {
        function(std::move(result));
    } else if constexpr (is_future<Given>) {
        auto outcome = co_await function(std::move(result));
        if constexpr (gives_nothing) {
            outcome.value();
        } else {
            co_return outcome;
        }
    } else if constexpr (gives_nothing) {
        function(std::move(result)).value();
    } else {
        co_return function(std::move(result));
    }
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// Waits for all of several futures: gives their results in their order. A cancellation cancels them all.
template <class T>
Future<std::vector<Result<T>>> when_all(std::vector<Future<T>> futures) {
    std::vector<Result<T>> results;
    results.reserve(futures.size());
    for (Future<T>& future : futures) results.push_back(co_await std::move(future));
    co_return results;
}

} // namespace fathom::inline v0_2
