// EventLoopClient on the emulator, in a loop around poll().
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "flows/emulated_service.hpp"
#include "support/poll_loop.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
namespace faults = testing::faults;

class EventLoopFlow : public EmulatedService {
protected:
    EventLoopClient client{client_options()};
    PollLoop loop{client};
};

TEST_F(EventLoopFlow, MakesACallInAFewTurns) {
    ASSERT_GE(client.descriptor(), 0);
    EXPECT_FALSE(loop.is_readable());
    Future<Site> found = client.sites().get(site);
    EXPECT_TRUE(loop.is_readable()); // there is a call to send
    ASSERT_TRUE(loop.run_until([&] { return found.is_ready(); }));
    EXPECT_EQ(found.get().value().name, site_name);
    EXPECT_LE(loop.turns(), 15U);
}

TEST_F(EventLoopFlow, IsQuietWhileItHasNothingToDo) {
    Future<Site> found = client.sites().get(site);
    ASSERT_TRUE(loop.run_until([&] { return found.is_ready(); }));
    EXPECT_EQ(client.next_deadline(), std::nullopt);
    const std::size_t turns = loop.turns();
    loop.idle_for(200ms);
    EXPECT_LE(loop.turns() - turns, 2U); // the connection is kept, and nothing happens at it
}

TEST_F(EventLoopFlow, IsQuietWhileAnAnswerIsLongInComing) {
    emulator.inject(faults::delay(500ms), {.only = {.path = "/account"}});
    Future<Account> slow = client.account().get();
    ASSERT_TRUE(loop.run_until([&] { return slow.is_ready(); }));
    EXPECT_TRUE(slow.get());
    EXPECT_LE(loop.turns(), 20U);
}

TEST_F(EventLoopFlow, HasManyCallsInFlight) {
    constexpr int many = 200;
    int done = 0;
    for (int i = 0; i < many; ++i) {
        client.sites()
            .create({.name = "Site " + std::to_string(i)})
            .then([&](Result<Site> created) { done += created ? 1 : 0; })
            .detach();
    }
    ASSERT_TRUE(loop.run_until([&] { return done == many; }));
    EXPECT_LE(loop.turns(), 20U * many);
}

TEST_F(EventLoopFlow, WalksLists) {
    for (int i = 0; i < 30; ++i) emulator.add_site({.name = "Site " + std::to_string(i)});
    auto all = client.sites().list({.page_size = 10}).collect();
    ASSERT_TRUE(loop.run_until([&] { return all.is_ready(); }));
    EXPECT_GE(all.get().value().size(), 30U);
}

TEST_F(EventLoopFlow, TakesCallsOfOtherThreads) {
    constexpr int threads = 4;
    constexpr int calls = 25;
    std::atomic<int> done = 0;
    std::atomic<bool> ran_elsewhere = false;
    const auto here = std::this_thread::get_id();
    std::vector<std::jthread> others;
    for (int i = 0; i < threads; ++i) {
        others.emplace_back([&, plain = AsyncClient(client)] {
            for (int call = 0; call < calls; ++call) {
                plain.sites()
                    .get(site)
                    .then([&](Result<Site> found) {
                        if (std::this_thread::get_id() != here) ran_elsewhere = true;
                        if (found) ++done;
                    })
                    .detach();
            }
        });
    }
    EXPECT_TRUE(loop.run_until([&] { return done == threads * calls; }));
    EXPECT_FALSE(ran_elsewhere);
}

TEST_F(EventLoopFlow, ServesBlockingCallsAndFuturesOfOtherThreads) {
    std::atomic<int> done = 0;
    std::jthread blocking([&, other = client.blocking()] { done += other.sites().get(site) ? 1 : 0; });
    std::jthread waiting([&, other = AsyncClient(client)] { done += other.account().get().get() ? 1 : 0; });
    EXPECT_TRUE(loop.run_until([&] { return done == 2; }));
}

TEST_F(EventLoopFlow, EndsABlockingCallOfAnotherThreadThoughNobodyProcesses) {
    const Client other = client.blocking();
    std::optional<Result<Site>> found;
    std::jthread([&] { found = other.sites().get(site, {.timeout = 200ms}); }).join();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->error().kind, ErrorKind::timeout);
}

TEST_F(EventLoopFlow, MovesWithWhoeverProcesses) {
    Future<Site> found = client.sites().get(site);
    std::jthread([&] {
        EXPECT_TRUE(loop.run_until([&] { return found.is_ready(); }));
        EXPECT_TRUE(client.account().get().get()); // this thread is its own now
    }).join();
    EXPECT_TRUE(found.get());
}

TEST_F(EventLoopFlow, LeavesASecondThreadNothingToDo) {
    std::atomic<bool> is_inside = false;
    std::atomic<bool> has_returned = false;
    client.sites()
        .get(site)
        .then([&](Result<Site>) {
            is_inside = true;
            while (!has_returned) std::this_thread::yield();
        })
        .detach();
    std::jthread second([&] {
        while (!is_inside) std::this_thread::yield();
        client.process(); // returns, although a continuation runs
        has_returned = true;
    });
    EXPECT_TRUE(loop.run_until([&] { return has_returned.load(); }));
}

TEST_F(EventLoopFlow, IsDrivenByWhoeverWaitsOnItsThread) {
    EXPECT_EQ(client.sites().get(site).get().value().name, site_name);
    EXPECT_TRUE(client.blocking().account().get());
    EXPECT_FALSE(loop.is_readable());
}

TEST_F(EventLoopFlow, CancelsWhatIsUnderWay) {
    emulator.inject(faults::delay(20s), {.only = {.path = "/account"}});
    Future<Account> slow = client.account().get();
    loop.idle_for(50ms);
    EXPECT_EQ(emulator.request_count(), 1U);
    slow.cancel();
    ASSERT_TRUE(loop.run_until([&] { return slow.is_ready(); }));
    EXPECT_EQ(slow.get().error().kind, ErrorKind::cancelled);
    const std::size_t turns = loop.turns();
    loop.idle_for(100ms);
    EXPECT_LE(loop.turns() - turns, 3U);
}

TEST_F(EventLoopFlow, TurnsToNewConnectionsWhereOldOnesBreak) {
    for (int i = 0; i < 5; ++i) {
        emulator.inject(faults::drop_before_handling(), {.times = 1});
        Future<Site> found = client.sites().get(site);
        ASSERT_TRUE(loop.run_until([&] { return found.is_ready(); }));
        EXPECT_TRUE(found.get()) << i;
    }
}

TEST_F(EventLoopFlow, EndsItsCallsWhereNobodyAnswers) {
    ClientOptions options = client_options();
    options.base_url = "http://127.0.0.1:1/v1"; // refuses connections
    options.retry.max_attempts = 1;
    const EventLoopClient lonely(options);
    PollLoop lonely_loop(lonely);
    Future<Site> found = lonely.sites().get(site);
    ASSERT_TRUE(lonely_loop.run_until([&] { return found.is_ready(); }));
    EXPECT_EQ(found.get().error().kind, ErrorKind::network);
    EXPECT_LE(lonely_loop.turns(), 15U);
}

TEST_F(EventLoopFlow, IsDestroyedWithCallsUnderWay) {
    emulator.inject(faults::delay(20s), {.only = {.path = "/account"}});
    std::optional<Result<Account>> outcome;
    {
        const EventLoopClient short_lived(client_options());
        PollLoop short_loop(short_lived);
        short_lived.account().get().then([&](Result<Account> account) { outcome = std::move(account); }).detach();
        short_loop.idle_for(50ms);
    }
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->error().kind, ErrorKind::cancelled);
}

TEST_F(EventLoopFlow, StaysWithItsThreadThoughAnotherStoodInForIt) {
    const Client other = client.blocking();
    std::jthread([&] { EXPECT_FALSE(other.sites().get(site, {.timeout = 10ms})); }).join();
    EXPECT_TRUE(client.sites().get(site).get());
}

Future<std::string> name_by_both(AsyncClient plain, AsyncClient hosted, SiteId site) {
    static_cast<void>((co_await plain.account().get()).value());
    co_return (co_await hosted.sites().get(site)).value().name;
}

TEST_F(EventLoopFlow, IsDrivenWhereACoroutineComesToItOnAnotherThread) {
    emulator.inject(faults::delay(100ms), {.only = {.path = "/account"}});
    const AsyncClient plain(client_options());
    Future<std::string> name = name_by_both(plain, client, site);
    EXPECT_EQ(name.get().value(), site_name);
}

} // namespace
} // namespace fathom
