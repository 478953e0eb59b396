// The adaptor for asio, on the emulator.
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>

#include <fathom/asio.hpp>

#include "flows/emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
namespace faults = testing::faults;

class Asio : public EmulatedService {
protected:
    [[nodiscard]] auto on_loop(auto function) { return asio::bind_executor(loop.get_executor(), std::move(function)); }

    asio::io_context loop{1};
    std::optional<AsioClient> client{std::in_place, loop.get_executor(), client_options()};
};

#if defined(ASIO_HAS_CO_AWAIT) // before 1.24 not with clang
TEST_F(Asio, AwaitsCallsInItsCoroutines) {
    std::optional<Result<Site>> found;
    std::optional<Result<Site>> missing;
    const auto show = [&]() -> asio::awaitable<void> {
        found = co_await use_asio(client->sites().get(site), asio::use_awaitable);
        missing = co_await use_asio(client->sites().get(SiteId{"NOSUCH"}), asio::use_awaitable);
    };
    asio::co_spawn(loop, show, asio::detached);
    loop.run(); // returns when all is done
    ASSERT_TRUE(found && missing);
    EXPECT_EQ(found->value().name, site_name);
    EXPECT_EQ(missing->error().kind, ErrorKind::not_found);
}

TEST_F(Asio, EndsACallThatIsAwaitedInOneExpressionWithItsClient) {
    emulator.inject(faults::delay(20s), {.only = {.path = "/account"}});
    std::optional<ErrorKind> ended;
    const auto show = [&]() -> asio::awaitable<void> {
        ended = (co_await use_asio(client->account().get(), asio::use_awaitable)).error().kind;
    };
    asio::co_spawn(loop, show, asio::detached);
    loop.run_for(30ms);
    client.reset();
    loop.run_for(30s);
    EXPECT_TRUE(loop.stopped());
    EXPECT_EQ(ended, ErrorKind::cancelled);
}

TEST_F(Asio, ThrowsWhereTheFutureWasTakenBefore) {
    bool was_caught = false;
    const auto show = [&]() -> asio::awaitable<void> {
        auto call = client->account().get();
        co_await use_asio(std::move(call), asio::use_awaitable);
        try {
            co_await use_asio(std::move(call), asio::use_awaitable); // NOLINT(bugprone-use-after-move)
        } catch (const Exception&) {
            was_caught = true;
        }
    };
    asio::co_spawn(loop, show, asio::detached);
    loop.run();
    EXPECT_TRUE(was_caught);
}
#endif

TEST_F(Asio, RunsHandlersAndContinuationsOnTheThreadThatRunsIt) {
    const auto here = std::this_thread::get_id();
    std::vector<std::thread::id> ran_on;
    use_asio(client->sites().get(site), on_loop([&](Result<Site>) { ran_on.push_back(std::this_thread::get_id()); }));
    client->account().get().then([&](Result<Account>) { ran_on.push_back(std::this_thread::get_id()); }).detach();
    EXPECT_TRUE(ran_on.empty());
    loop.run();
    EXPECT_EQ(ran_on, (std::vector<std::thread::id>{here, here}));
}

TEST_F(Asio, CompletesNotBeforeItsInitiationReturns) {
    Future<Site> ready = client->sites().get(SiteId{""}); // refused at once
    ASSERT_TRUE(ready.is_ready());
    std::optional<ErrorKind> refused;
    use_asio(std::move(ready), on_loop([&](Result<Site> result) { refused = result.error().kind; }));
    EXPECT_FALSE(refused);
    loop.run();
    EXPECT_EQ(refused, ErrorKind::invalid_argument);
}

TEST_F(Asio, CompletesWithAnErrorWhereACoroutineThrows) {
    const auto throws_after_a_call = [this]() -> Future<Site> {
        Result<Site> found = co_await client->sites().get(site);
        if (found) throw std::runtime_error("no luck");
        co_return found;
    };
    const auto throws_an_int = []() -> Future<void> {
        throw 7; // NOLINT(hicpp-exception-baseclass): as a program may
        co_return;
    };
    std::optional<Error> text;
    std::optional<Error> number;
    use_asio(throws_after_a_call(), on_loop([&](const Result<Site>& result) { text = result.error(); }));
    use_asio(throws_an_int(), on_loop([&](const Result<void>& result) { number = result.error(); }));
    loop.run();
    ASSERT_TRUE(text && number);
    EXPECT_EQ(text->kind, ErrorKind::internal);
    EXPECT_EQ(text->message, "the coroutine that was awaited threw: no luck");
    EXPECT_EQ(number->message, "the coroutine that was awaited threw: something that is no std::exception");
}

TEST_F(Asio, IsIdleBetweenItsCalls) {
    for (int i = 0; i < 3; ++i) {
        int done = 0;
        use_asio(client->sites().get(site), on_loop([&](const Result<Site>& found) { done += found ? 1 : 0; }));
        loop.run();
        EXPECT_EQ(done, 1);
        loop.restart();
        EXPECT_EQ(loop.poll(), 0U); // nothing is left to wait for
        loop.restart();
    }
}

TEST_F(Asio, HasManyCallsInFlight) {
    constexpr int many = 100;
    int done = 0;
    for (int i = 0; i < many; ++i) {
        use_asio(client->sites().create({.name = "Site " + std::to_string(i)}),
                 on_loop([&](const Result<Site>& made) { done += made ? 1 : 0; }));
    }
    loop.run();
    EXPECT_EQ(done, many);
}

TEST_F(Asio, IsCancelledByASlot) {
    emulator.inject(faults::delay(20s), {.only = {.path = "/account"}});
    asio::cancellation_signal signal;
    std::optional<ErrorKind> ended;
    use_asio(client->account().get(),
             asio::bind_cancellation_slot(
                 signal.slot(), on_loop([&](const Result<Account>& result) { ended = result.error().kind; })));
    asio::steady_timer timer(loop, 30ms);
    timer.async_wait([&](const asio::error_code&) { signal.emit(asio::cancellation_type::terminal); });
    const auto began = std::chrono::steady_clock::now();
    loop.run();
    EXPECT_EQ(ended, ErrorKind::cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
    EXPECT_FALSE(signal.slot().has_handler());
}

TEST_F(Asio, EndsItsCallsWhenItIsDestroyed) {
    emulator.inject(faults::delay(20s), {.only = {.path = "/account"}});
    std::optional<ErrorKind> ended;
    use_asio(client->account().get(), on_loop([&](const Result<Account>& result) { ended = result.error().kind; }));
    loop.run_for(30ms);
    EXPECT_FALSE(ended);
    client.reset();
    loop.run();
    EXPECT_EQ(ended, ErrorKind::cancelled);
}

TEST_F(Asio, MayBeDestroyedInAContinuation) {
    client->sites().get(site).then([&](Result<Site>) { client.reset(); }).detach();
    loop.run();
    EXPECT_FALSE(client);
}

TEST_F(Asio, IsUsedByOtherThreads) {
    auto pending = [&] {
        std::promise<Future<Site>> promise;
        std::jthread([&] { promise.set_value(client->sites().get(site)); }).join();
        return promise.get_future().get();
    }();
    loop.run();
    ASSERT_TRUE(pending.is_ready());
    EXPECT_TRUE(pending.get());
}

TEST_F(Asio, RunsContinuationsInTurnOnAPoolOfThreads) {
    constexpr int many = 50;
    asio::thread_pool pool(3);
    std::atomic<int> done = 0;
    std::atomic<int> at_once = 0;
    std::atomic<int> most_at_once = 0;
    {
        AsioClient shared(pool.get_executor(), client_options());
        std::vector<Future<void>> all;
        for (int i = 0; i < many; ++i) {
            all.push_back(shared.sites().get(site).then([&](Result<Site> found) {
                most_at_once = std::max(most_at_once.load(), ++at_once);
                done += found ? 1 : 0;
                --at_once;
            }));
        }
        for (auto& one : all) EXPECT_TRUE(one.wait_for(1min));
        pool.stop();
        pool.join();
    }
    EXPECT_EQ(done, many);
    EXPECT_EQ(most_at_once, 1);
}

TEST_F(Asio, TakesFuturesOfAClientWithAThread) {
    const AsyncClient threaded(client_options());
    std::optional<Result<Site>> found;
    use_asio(threaded.sites().get(site), on_loop([&](Result<Site> result) { found = std::move(result); }));
    loop.run();
    ASSERT_TRUE(found);
    EXPECT_TRUE(*found);
}

TEST_F(Asio, GivesAFutureOfTheStandardLibrary) {
    std::future<Result<Site>> found =
        use_asio(client->sites().get(site), asio::bind_executor(loop.get_executor(), asio::use_future));
    loop.run();
    EXPECT_EQ(found.get().value().name, site_name);
}

TEST_F(Asio, CarriesOutcomesWithoutAValue) {
    std::optional<bool> removed;
    use_asio(client->sites().remove(site, irreversible),
             on_loop([&](const Result<void>& result) { removed = result.has_value(); }));
    loop.run();
    EXPECT_EQ(removed, true);
}

} // namespace
} // namespace fathom
