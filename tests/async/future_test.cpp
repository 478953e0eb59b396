// Futures by themselves: no client, no thread but the test's own.
#include <coroutine>
#include <deque>
#include <functional>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include <fathom/future.hpp>

namespace fathom {
namespace {

using detail::FutureState;

/// The end of a future that a test holds in its hand.
template <class T>
struct Promise {
    std::shared_ptr<FutureState<T>> state = std::make_shared<FutureState<T>>();

    [[nodiscard]] Future<T> future() const { return detail::Access::make<Future<T>>(state); }
    void set(Result<T> result) const {
        state->set_result(std::move(result));
        state->publish().resume();
    }
};

/// Runs tasks when the test says so.
struct TaskQueue {
    std::deque<Task> tasks{};

    [[nodiscard]] Executor executor() {
        return [this](Task task) { tasks.push_back(task); };
    }
    std::size_t run() {
        const std::size_t count = tasks.size();
        for (std::size_t task = 0; task < count; ++task) {
            tasks.front()();
            tasks.pop_front();
        }
        return count;
    }
};

const Error failure{.kind = ErrorKind::server, .message = "broken"};

template <class T>
concept CanContinue = requires(T&& future) { std::forward<T>(future).then([](const Result<int>&) {}); };
template <class T>
concept CanAwait = requires(T&& future) { std::forward<T>(future).operator co_await(); };
static_assert(CanContinue<Future<int>> && CanAwait<Future<int>>);
static_assert(!CanContinue<Future<int>&> && !CanAwait<Future<int>&>);

/// What cannot be called as then() calls it is refused there, not within the library.
template <class F>
concept CanBeContinuedWith = requires(F function) { Future<int>{}.then(std::move(function)); };
struct Consumed {
    void operator()(const Result<int>&) && {}
};
static_assert(!CanBeContinuedWith<Consumed> && !CanBeContinuedWith<decltype(&Result<int>::has_value)>);

TEST(Future, IsReadyWhenItsResultIsThere) {
    const Promise<int> promise;
    const Future<int> future = promise.future();
    EXPECT_FALSE(future.is_ready());
    EXPECT_FALSE(future.wait_for(std::chrono::nanoseconds{1}));
    promise.set(7);
    EXPECT_TRUE(future.is_ready());
    EXPECT_TRUE(future.wait_for(std::chrono::nanoseconds{0}));
}

TEST(Future, CanBeWaitedForAsLongAsADurationCanBe) {
    const Promise<int> promise;
    const Future<int> future = promise.future();
    std::thread elsewhere([&] { promise.set(7); });
    EXPECT_TRUE(future.wait_for(std::chrono::nanoseconds::max()));
    elsewhere.join();
}

TEST(Future, GivesItsResultOnce) {
    const Promise<int> promise;
    Future<int> future = promise.future();
    promise.set(7);
    EXPECT_EQ(future.get().value(), 7);
    EXPECT_FALSE(future.valid());
    EXPECT_THROW(std::ignore = future.get(), Exception);
}

TEST(Future, OfNoCallIsNotValid) {
    EXPECT_FALSE(Future<int>().valid());
    EXPECT_THROW(std::ignore = Future<int>().is_ready(), Exception);
}

TEST(Then, RunsWhenTheResultComes) {
    const Promise<int> promise;
    int seen = 0;
    const auto next = promise.future().then([&](Result<int> result) { seen = result.value(); });
    EXPECT_EQ(seen, 0);
    promise.set(7);
    EXPECT_EQ(seen, 7);
    EXPECT_TRUE(next.is_ready());
}

TEST(Then, RunsAtOnceWhereTheResultIsThere) {
    const Promise<int> promise;
    promise.set(7);
    EXPECT_EQ(promise.future().then([](Result<int> result) { return result.value() + 1; }).get().value(), 8);
}

TEST(Then, PassesErrorsToTheFunction) {
    const Promise<int> promise;
    promise.set(failure);
    const auto kind = promise.future().then([](Result<int> result) { return result.error().kind; }).get();
    EXPECT_EQ(kind.value(), ErrorKind::server);
}

TEST(Then, TakesAResultOfTheFunctionForItsOwn) {
    const Promise<int> promise;
    promise.set(7);
    Future<std::string> next = promise.future().then([](const Result<int>&) -> Result<std::string> { return failure; });
    EXPECT_EQ(next.get().error().message, "broken");
}

TEST(Then, WaitsForAFutureThatTheFunctionGives) {
    const Promise<int> first;
    const Promise<std::string> second;
    Future<std::string> next = first.future().then([&](const Result<int>&) { return second.future(); });
    first.set(7);
    EXPECT_FALSE(next.is_ready());
    second.set("done");
    EXPECT_EQ(next.get().value(), "done");
}

TEST(Then, TurnsAnExceptionOfThisLibraryIntoItsError) {
    const Promise<int> promise;
    promise.set(failure);
    EXPECT_EQ(promise.future().then([](Result<int> result) { return result.value(); }).get().error().message, "broken");
}

TEST(Then, KeepsAnyOtherExceptionForWhoeverTakesTheResult) {
    const Promise<int> promise;
    promise.set(7);
    auto next = promise.future().then([](const Result<int>&) -> int { throw std::runtime_error("mine"); });
    EXPECT_THROW(std::ignore = next.get(), std::runtime_error);
}

TEST(Then, OfSomethingWithoutAValueCanFailToo) {
    const Promise<int> promise;
    promise.set(7);
    EXPECT_EQ(promise.future().then([](const Result<int>&) -> Result<void> { return failure; }).get().error().message,
              "broken");
}

TEST(Executor, MayTakeItsTasksAsStandardFunctions) {
    std::function<void()> task;
    const Executor executor = [&](std::function<void()> given) { task = std::move(given); };
    const Promise<int> promise;
    const Future<int> next = promise.future().via(executor).then([](Result<int> result) { return result.value() + 1; });
    promise.set(7);
    ASSERT_TRUE(task);
    EXPECT_FALSE(next.is_ready());
    task();
    EXPECT_TRUE(next.is_ready());
}

TEST(Then, RunsOnTheExecutorWhenTheResultComes) {
    TaskQueue queue;
    const Promise<int> promise;
    int steps = 0;
    const auto last = promise.future()
                          .via(queue.executor())
                          .then([&](const Result<int>&) { ++steps; })
                          .then([&](const Result<void>&) { ++steps; });
    promise.set(7);
    EXPECT_EQ(steps, 0);
    EXPECT_EQ(queue.run(), 1U);
    EXPECT_EQ(steps, 1);
    EXPECT_EQ(queue.run(), 1U);
    EXPECT_EQ(steps, 2);
    EXPECT_TRUE(last.is_ready());
}

TEST(Then, RunsOnTheExecutorAlthoughTheResultIsThere) {
    TaskQueue queue;
    const Promise<int> promise;
    promise.set(7);
    bool was_run = false;
    const auto last = promise.future().via(queue.executor()).then([&](const Result<int>&) { was_run = true; });
    EXPECT_FALSE(was_run);
    queue.run();
    EXPECT_TRUE(was_run);
}

Future<int> sum(Future<int> left, Future<int> right) {
    const int first = (co_await std::move(left)).value();
    co_return first + (co_await std::move(right)).value();
}

TEST(Coroutine, AwaitsOneFutureAfterTheOther) {
    const Promise<int> left;
    const Promise<int> right;
    Future<int> future = sum(left.future(), right.future());
    right.set(2);
    EXPECT_FALSE(future.is_ready());
    left.set(1);
    EXPECT_EQ(future.get().value(), 3);
}

TEST(Coroutine, EndsWithTheErrorThatItDoesNotHandle) {
    const Promise<int> left;
    const Promise<int> right;
    Future<int> future = sum(left.future(), right.future());
    left.set(failure);
    EXPECT_EQ(future.get().error().message, "broken");
}

TEST(Coroutine, EndsWhatItHoldsBeforeItsFutureIsReady) {
    const Promise<int> promise;
    const auto held = std::make_shared<int>(0);
    const std::weak_ptr<int> watch = held;
    bool was_gone = false;
    auto coroutine = [](Future<int> future, std::shared_ptr<int>) -> Future<void> {
        std::ignore = co_await std::move(future);
    };
    auto last = coroutine(promise.future(), held).then([&, alone = watch](const Result<void>&) {
        was_gone = alone.use_count() == 1;
    });
    promise.set(7);
    EXPECT_TRUE(last.is_ready());
    EXPECT_TRUE(was_gone) << "only the test holds it";
}

/// A coroutine of a program's own kind, which whoever holds it may destroy at any time.
class Owned {
public:
    // NOLINTNEXTLINE(readability-identifier-naming): the language's name
    struct promise_type {
        Owned get_return_object() { return Owned(std::coroutine_handle<promise_type>::from_promise(*this)); }
        static std::suspend_never initial_suspend() noexcept { return {}; }
        static std::suspend_always final_suspend() noexcept { return {}; }
        static void return_void() noexcept {}
        static void unhandled_exception() { throw; }
    };

    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    ~Owned() { handle_.destroy(); }

private:
    explicit Owned(std::coroutine_handle<promise_type> handle) : handle_(handle) {}

    std::coroutine_handle<promise_type> handle_;
};

Owned note_the_end_of(Future<int> future, bool& has_ended) {
    std::ignore = co_await std::move(future);
    has_ended = true;
}

TEST(Coroutine, IsNotResumedAfterItsOwnerHasDestroyedIt) {
    const Promise<int> promise;
    bool has_ended = false;
    {
        const Owned coroutine = note_the_end_of(promise.future(), has_ended);
    }
    promise.set(7);
    EXPECT_FALSE(has_ended);
}

TEST(Coroutine, MayBeDestroyedAfterItHasEnded) {
    const Promise<int> promise;
    bool has_ended = false;
    const Owned coroutine = note_the_end_of(promise.future(), has_ended);
    promise.set(7);
    EXPECT_TRUE(has_ended);
}

Future<int> count_down(int from) {
    if (from == 0) co_return 0;
    co_return (co_await count_down(from - 1)).value() + 1;
}

TEST(Coroutine, GoesDeepWhereEachIsReadyAtOnce) { EXPECT_EQ(count_down(1'000).get().value(), 1'000); }

Future<int> after(Future<int> future) { co_return (co_await std::move(future)).value() + 1; }

TEST(Coroutine, HandsOverInALongChainWithoutGrowingTheStack) {
    const Promise<int> promise;
    Future<int> last = promise.future();
    constexpr int length = 100'000;
    for (int link = 0; link < length; ++link) last = after(std::move(last));
    promise.set(0);
    EXPECT_EQ(last.get().value(), length);
}

TEST(WhenAll, GivesAllResultsInTheirOrder) {
    const Promise<int> first;
    const Promise<int> second;
    std::vector<Future<int>> futures;
    futures.push_back(first.future());
    futures.push_back(second.future());
    Future<std::vector<Result<int>>> all = when_all(std::move(futures));
    second.set(failure);
    first.set(1);
    const auto results = all.get().value();
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0].value(), 1);
    EXPECT_EQ(results[1].error().message, "broken");
}

/// Counts what asks it to give up.
struct Cancellable final : FutureState<int> {
    int cancelled = 0;
    void cancel_call() noexcept override { ++cancelled; }
};

TEST(Cancel, ReachesTheCallBehindAChain) {
    const auto call = std::make_shared<Cancellable>();
    auto last =
        detail::Access::make<Future<int>>(call).then([](const Result<int>&) {}).then([](const Result<void>&) {});
    last.cancel();
    EXPECT_EQ(call->cancelled, 1);
    call->set_result(failure);
    call->publish().resume();
}

TEST(Cancel, ReachesWhatACoroutineAwaitsLater) {
    const auto first = std::make_shared<Cancellable>();
    const auto second = std::make_shared<Cancellable>();
    Future<int> future = [](Future<int> left, Future<int> right) -> Future<int> {
        std::ignore = co_await std::move(left);
        co_return co_await std::move(right);
    }(detail::Access::make<Future<int>>(first), detail::Access::make<Future<int>>(second));
    future.cancel();
    EXPECT_EQ(first->cancelled, 1);
    EXPECT_EQ(second->cancelled, 0);
    first->set_result(7);
    first->publish().resume();
    EXPECT_EQ(second->cancelled, 1);
    second->set_result(failure);
    second->publish().resume();
    EXPECT_EQ(future.get().error().message, "broken");
}

TEST(Cancel, DoesNothingWhereTheResultIsThere) {
    const auto call = std::make_shared<Cancellable>();
    call->set_result(7);
    call->publish().resume();
    detail::Access::make<Future<int>>(call).cancel();
    EXPECT_EQ(call->cancelled, 0);
}

TEST(Future, LetsItsCallGoOnWhenItIsDetached) {
    const Promise<int> source;
    bool is_continued = false;
    source.future().then([&](const Result<int>&) { is_continued = true; }).detach();
    source.set(1);
    EXPECT_TRUE(is_continued);
}

} // namespace
} // namespace fathom
