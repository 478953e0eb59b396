// EventLoopClient in virtual time: when it wants to be processed, and what happens then.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
using testing::ScriptedAnswer;

class VirtualEventLoop : public ScriptedClient {
protected:
    VirtualEventLoop() {
        transport->respond_with([](const HttpRequest& request) {
            const bool is_report = request.url.find("current_visitors") != std::string::npos;
            return ScriptedAnswer{.body = is_report ? R"({"total":4})" : site_body, .latency = 40ms};
        });
    }

    /// What an event loop does: processes when that is due, and lets time pass until then. @return how often
    std::size_t run() {
        std::size_t turns = 0;
        while (const auto deadline = client->next_deadline()) {
            transport->advance(std::max(*deadline - transport->now(), Clock::duration::zero()));
            client->process();
            ++turns;
        }
        return turns;
    }
    [[nodiscard]] Future<CurrentVisitors> get_visitors() const {
        return client->current_visitors().get(SiteId{"CDBUGS"});
    }

    std::atomic<int> wakes{0};
    std::optional<EventLoopClient> client{std::in_place, options(), [this] { ++wakes; }};
};

/// Awaits a call in one expression, for which the coroutine keeps the module.
Future<ErrorKind> kind_of_error(const std::optional<EventLoopClient>& client) {
    co_return (co_await client->sites().get(SiteId{"CDBUGS"})).error().kind;
}

TEST_F(VirtualEventLoop, EndsACallThatIsAwaitedInOneExpressionWithItsClient) {
    Future<ErrorKind> outcome = kind_of_error(client);
    client->process();
    client.reset();
    ASSERT_TRUE(outcome.is_ready());
    EXPECT_EQ(outcome.get().value(), ErrorKind::cancelled);
}

Future<int> one() { co_return 1; }

TEST_F(VirtualEventLoop, MayBeWaitedForInACoroutineThatAnExecutorRuns) {
    std::vector<Task> tasks;
    bool is_done = false;
    const auto wait_inside = [&](Future<int> before) -> Future<void> {
        (co_await std::move(before)).value();
        auto inner = one();
        (co_await std::move(inner)).value();
        auto name = client->sites().get(SiteId{"CDBUGS"}).then([](Result<Site> site) { return site.value().name; });
        is_done = name.get().has_value();
    };
    auto outer = wait_inside(one().via([&tasks](Task task) { tasks.push_back(task); }));
    while (!tasks.empty()) {
        const Task next = tasks.front();
        tasks.erase(tasks.begin());
        next();
    }
    EXPECT_TRUE(outer.is_ready());
    EXPECT_TRUE(is_done);
}

TEST_F(VirtualEventLoop, HasNothingToDoAtFirst) {
    EXPECT_EQ(client->next_deadline(), std::nullopt);
    EXPECT_EQ(client->time_to_deadline(), std::nullopt);
    EXPECT_EQ(client->descriptor(), -1);
    client->process();
    EXPECT_EQ(client->next_deadline(), std::nullopt);
    EXPECT_EQ(wakes, 0);
}

TEST_F(VirtualEventLoop, SendsInProcessAndNotBefore) {
    auto site = client->sites().get(SiteId{"CDBUGS"});
    EXPECT_EQ(requests_sent(), 0U);
    EXPECT_EQ(client->next_deadline(), transport->now());
    client->process();
    EXPECT_EQ(requests_sent(), 1U);
    EXPECT_FALSE(site.is_ready());
    EXPECT_EQ(client->next_deadline(), transport->now() + 40ms);
    EXPECT_EQ(client->time_to_deadline(), 40ms);
    transport->advance(40ms);
    client->process();
    EXPECT_EQ(site.get().value().name, "Shop");
    EXPECT_EQ(client->next_deadline(), std::nullopt);
}

TEST_F(VirtualEventLoop, RoundsTheTimeToItsDeadlineUp) {
    auto site = client->sites().get(SiteId{"CDBUGS"});
    client->process();
    transport->advance(39'000'001ns);
    EXPECT_EQ(client->time_to_deadline(), 1ms);
    run();
    EXPECT_TRUE(site.get());
}

TEST_F(VirtualEventLoop, WakesItsProgramOnceForManyCalls) {
    std::vector<Future<CurrentVisitors>> calls;
    for (int i = 0; i < 8; ++i) calls.push_back(client->current_visitors().get(SiteId{"CDBUGS" + std::to_string(i)}));
    EXPECT_EQ(wakes, 1);
    run();
    for (auto& call : calls) EXPECT_TRUE(call.get());
    EXPECT_EQ(wakes, 1);
}

TEST_F(VirtualEventLoop, HasItsDeadlineExactlyWhenTheLimitLetsACallGo) {
    std::vector<Future<CurrentVisitors>> calls;
    for (int i = 0; i < 10; ++i) calls.push_back(client->current_visitors().get(SiteId{"CDBUGS" + std::to_string(i)}));
    run();
    calls.push_back(get_visitors());
    client->process(); // it waits for a permit
    EXPECT_EQ(requests_sent(), 10U);
    EXPECT_EQ(client->next_deadline(), begun + 40ms + 61s);
    transport->advance(61s - 1ns);
    client->process();
    EXPECT_EQ(requests_sent(), 10U);
    transport->advance(1ns);
    client->process();
    EXPECT_EQ(requests_sent(), 11U);
    run();
    for (auto& call : calls) EXPECT_TRUE(call.get());
}

TEST_F(VirtualEventLoop, MovesAHundredLimitedCallsOnInFewTurns) {
    std::vector<Future<CurrentVisitors>> calls;
    for (int i = 0; i < 100; ++i) {
        calls.push_back(client->current_visitors().get(SiteId{"CDBUGS" + std::to_string(i)}, {.timeout = 1h}));
    }
    EXPECT_LE(run(), 40U);
    for (auto& call : calls) EXPECT_TRUE(call.get());
    EXPECT_GE(elapsed(), 9 * 61s);
}

TEST_F(VirtualEventLoop, WakesForABackOffADeadlineAndACancellation) {
    transport->then({.status = 503});
    auto repeated = client->sites().get(SiteId{"CDBUGS"});
    EXPECT_LE(run(), 8U);
    EXPECT_EQ(requests_sent(), 2U);
    EXPECT_TRUE(repeated.get());

    transport->then({.body = site_body, .latency = 30s});
    auto late = client->sites().get(SiteId{"CDBUGS"}, {.timeout = 1s});
    run();
    EXPECT_EQ(late.get().error().kind, ErrorKind::timeout);

    transport->then({.body = site_body, .latency = 30s});
    auto unwanted = client->sites().get(SiteId{"CDBUGS"});
    client->process();
    unwanted.cancel();
    EXPECT_EQ(client->next_deadline(), transport->now());
    client->process();
    EXPECT_EQ(unwanted.get().error().kind, ErrorKind::cancelled);
    EXPECT_EQ(client->next_deadline(), std::nullopt);
}

TEST_F(VirtualEventLoop, RunsContinuationsInProcess) {
    const auto here = std::this_thread::get_id();
    std::thread::id ran_on;
    bool is_processing = false;
    bool was_processing = false;
    auto next = client->sites().get(SiteId{"CDBUGS"}).then([&](Result<Site> site) {
        ran_on = std::this_thread::get_id();
        was_processing = is_processing;
        return site;
    });
    client->process();
    transport->advance(40ms);
    EXPECT_FALSE(next.is_ready());
    is_processing = true;
    client->process();
    EXPECT_TRUE(next.is_ready());
    EXPECT_EQ(ran_on, here);
    EXPECT_TRUE(was_processing);
}

Future<int> count_all(AsyncClient client, int pages) {
    int total = 0;
    for (int i = 0; i < pages; ++i) {
        total += static_cast<int>((co_await client.current_visitors().get(SiteId{"CDBUGS"})).value().total);
    }
    co_return total;
}

TEST_F(VirtualEventLoop, RunsCoroutinesOfPlainAsyncClients) {
    Future<int> total = count_all(*client, 5);
    run();
    ASSERT_TRUE(total.is_ready());
    EXPECT_EQ(total.get().value(), 20);
}

TEST_F(VirtualEventLoop, IsProcessedByWhoeverWaitsForAFuture) {
    EXPECT_EQ(client->sites().get(SiteId{"CDBUGS"}).get().value().name, "Shop");
    EXPECT_EQ(count_all(*client, 15).get().value(), 60);
    EXPECT_GE(elapsed(), 61s);
    EXPECT_EQ(client->next_deadline(), std::nullopt);
}

TEST_F(VirtualEventLoop, IsProcessedForNoLongerThanItsCallerWaits) {
    auto site = client->sites().get(SiteId{"CDBUGS"});
    EXPECT_FALSE(site.wait_for(10ms));
    EXPECT_EQ(elapsed(), 10ms);
    EXPECT_TRUE(site.wait_for(1h));
    EXPECT_EQ(elapsed(), 40ms);
    EXPECT_TRUE(site.get());
}

TEST_F(VirtualEventLoop, RunsOtherContinuationsWhileACallerWaits) {
    bool has_run = false;
    client->sites().get(SiteId{"CDBUGS"}).then([&](Result<Site>) { has_run = true; }).detach();
    EXPECT_TRUE(get_visitors().get());
    EXPECT_TRUE(has_run);
}

TEST_F(VirtualEventLoop, IsDrivenByBlockingCallsOfItsThread) {
    bool has_run = false;
    client->account().get().then([&](Result<Account>) { has_run = true; }).detach();
    EXPECT_TRUE(client->blocking().sites().get(SiteId{"CDBUGS"}));
    EXPECT_FALSE(has_run); // continuations run in process()
    EXPECT_TRUE(client->next_deadline());
    run();
    EXPECT_TRUE(has_run);
}

TEST_F(VirtualEventLoop, WaitsForTwoClientsInTurn) {
    const auto other_transport = std::make_shared<testing::ScriptedTransport>();
    other_transport->then({.body = site_body, .latency = 5s});
    EventLoopClient other({.api_key = "other", .transport = other_transport});
    std::vector<Future<Site>> both;
    both.push_back(client->sites().get(SiteId{"CDBUGS"}));
    both.push_back(other.sites().get(SiteId{"CDBUGS"}));
    const auto results = when_all(std::move(both)).get().value();
    EXPECT_TRUE(results[0]);
    EXPECT_TRUE(results[1]);
}

TEST_F(VirtualEventLoop, DoesNothingWhenAContinuationProcessesIt) {
    int depth = 0;
    int deepest = 0;
    int runs = 0;
    const auto process_again = [&](const auto&) {
        deepest = std::max(deepest, ++depth);
        client->process();
        --depth;
        ++runs;
    };
    client->sites().get(SiteId{"FIRST"}).then(process_again).detach();
    client->sites().get(SiteId{"SECOND"}).then(process_again).detach();
    run();
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(deepest, 1);
}

TEST_F(VirtualEventLoop, RefusesToBlockInAContinuation) {
    std::optional<ErrorKind> waiting;
    std::optional<ErrorKind> blocking;
    client->sites()
        .get(SiteId{"CDBUGS"})
        .then([&](Result<Site>) {
            waiting = client->account().get().get().error().kind;
            blocking = client->blocking().account().get().error().kind;
        })
        .detach();
    run();
    EXPECT_EQ(waiting, ErrorKind::would_deadlock);
    EXPECT_EQ(blocking, ErrorKind::would_deadlock);
}

TEST_F(VirtualEventLoop, CancelsAllWhenItIsDestroyed) {
    std::optional<Result<CurrentVisitors>> outcome;
    get_visitors().then([&](Result<CurrentVisitors> visitors) { outcome = std::move(visitors); }).detach();
    client->process();
    client.reset();
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->error().kind, ErrorKind::cancelled);
    EXPECT_EQ(transport->aborted(), 1U);
}

TEST_F(VirtualEventLoop, MayBeDestroyedInAContinuation) {
    std::optional<Result<CurrentVisitors>> other;
    std::optional<bool> was_there;
    client->sites()
        .get(SiteId{"CDBUGS"})
        .then([&](Result<Site>) {
            client.reset();
            was_there = other.has_value();
        })
        .detach();
    get_visitors().then([&](Result<CurrentVisitors> visitors) { other = std::move(visitors); }).detach();
    transport->then({.body = site_body}).then({.body = R"({"total":4})", .latency = 10s});
    for (int turn = 0; turn < 3 && client; ++turn) client->process();
    EXPECT_FALSE(client);
    EXPECT_EQ(was_there, false); // its other calls end after the continuation
    ASSERT_TRUE(other);
    EXPECT_EQ(other->error().kind, ErrorKind::cancelled);
}

TEST_F(VirtualEventLoop, MayBeDestroyedInAContinuationWhileACallerWaits) {
    transport->then({.body = site_body}).then({.body = R"({"total":4})", .latency = 10s});
    client->sites().get(SiteId{"CDBUGS"}).then([&](Result<Site>) { client.reset(); }).detach();
    Future<CurrentVisitors> visitors = get_visitors();
    EXPECT_EQ(visitors.get().error().kind, ErrorKind::cancelled);
}

TEST_F(VirtualEventLoop, KeepsGoingForItsCopies) {
    const AsyncClient plain = *client;
    const EventLoopClient copy = *client;
    client.reset();
    auto site = plain.sites().get(SiteId{"CDBUGS"});
    copy.process();
    transport->advance(40ms);
    copy.process();
    EXPECT_TRUE(site.is_ready());
    EXPECT_TRUE(site.get());
}

TEST_F(VirtualEventLoop, GoesOnWhereAContinuationBeginsCalls) {
    int left = 50;
    std::function<void(Result<Site>)> again = [&](Result<Site>) {
        if (--left > 0) client->sites().get(SiteId{"CDBUGS"}).then(again).detach();
    };
    client->sites().get(SiteId{"CDBUGS"}).then(again).detach();
    EXPECT_LE(run(), 110U);
    EXPECT_EQ(left, 0);
}

TEST_F(VirtualEventLoop, RenewsStaleAnswersWithoutAThread) {
    ClientOptions caching = options();
    caching.cache = {.fresh_for = 1s, .stale_for = 1h};
    client.emplace(caching);
    EXPECT_TRUE(client->sites().get(SiteId{"CDBUGS"}).get());
    transport->advance(2s);
    EXPECT_TRUE(client->sites().get(SiteId{"CDBUGS"}).get()); // stale
    run();
    EXPECT_EQ(requests_sent(), 2U);
    EXPECT_EQ(client->next_deadline(), std::nullopt);
}

TEST_F(VirtualEventLoop, IsToldOfPermitsThatASharedLimiterGivesBackEarly) {
    ClientOptions shared = options();
    shared.rate_limiter = local_rate_limiter();
    int rings = 0;
    client.emplace(shared, [&] { ++rings; });
    const auto other_transport = std::make_shared<testing::ScriptedTransport>();
    shared.transport = other_transport;
    {
        EventLoopClient greedy(shared);
        std::vector<Future<CurrentVisitors>> taken;
        for (int i = 0; i < 10; ++i) taken.push_back(greedy.current_visitors().get(SiteId{"SITE" + std::to_string(i)}));
        other_transport->respond_with([](const auto&) {
            return testing::ScriptedFailure{.error = {.kind = ErrorKind::network, .request_sent = false},
                                            .latency = 1s};
        });
        greedy.process();
        auto waiting = get_visitors();
        client->process();
        EXPECT_EQ(requests_sent(), 0U);
        rings = 0;
        other_transport->advance(1s);
        greedy.process(); // nothing was sent, so the permits are free
        EXPECT_GE(rings, 1);
        EXPECT_EQ(client->next_deadline(), transport->now());
        client->process();
        EXPECT_EQ(requests_sent(), 1U);
    }
}

/// A transport that knows of no event loops.
class PlainTransport final : public Transport {
public:
    explicit PlainTransport(std::shared_ptr<testing::ScriptedTransport> inner) : inner_(std::move(inner)) {}
    void start(TransferId id, const HttpRequest& request) override { inner_->start(id, request); }
    bool abort(TransferId id) override { return inner_->abort(id); }
    void poll(Clock::duration longest, std::vector<Transfer>& ended) override { inner_->poll(longest, ended); }
    void wake() noexcept override { inner_->wake(); }
    [[nodiscard]] Clock::time_point now() const override { return inner_->now(); }

private:
    std::shared_ptr<testing::ScriptedTransport> inner_;
};

TEST_F(VirtualEventLoop, LooksNowAndThenAtATransportThatKnowsOfNoEventLoops) {
    ClientOptions plain = options();
    plain.transport = std::make_shared<PlainTransport>(transport);
    client.emplace(plain);
    auto site = client->sites().get(SiteId{"CDBUGS"});
    EXPECT_LE(run(), 8U);
    ASSERT_TRUE(site.is_ready());
    EXPECT_TRUE(site.get());
    EXPECT_EQ(client->next_deadline(), std::nullopt); // and not at all while nothing is under way
}

TEST_F(VirtualEventLoop, RefusesWrongOptions) {
    const Result<EventLoopClient> refused = EventLoopClient::create({.api_key = ""});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid_argument);
}

/// Lets go of the last client on another thread, at the end of a process().
class PartingTransport final : public Transport {
public:
    std::optional<EventLoopClient> client{};

    void start(TransferId, const HttpRequest&) override {}
    bool abort(TransferId) override { return true; }
    void poll(Clock::duration, std::vector<Transfer>&) override {}
    void wake() noexcept override {}
    [[nodiscard]] std::optional<Clock::time_point> next_due() const override {
        auto last = std::exchange(const_cast<PartingTransport*>(this)->client, std::nullopt); // NOLINT: as a hook would
        std::jthread([&] { last.reset(); }).join();
        return std::nullopt;
    }
};

TEST(EventLoop, EndsItsCallsThoughTheLastClientGoesAtTheEndOfProcess) {
    const auto transport = std::make_shared<PartingTransport>();
    EventLoopClient client({.api_key = "k", .transport = transport}, {});
    Future<Site> site = client.sites().get(SiteId{"CDBUGS"});
    transport->client = std::move(client);
    transport->client->process();
    ASSERT_TRUE(site.is_ready());
    EXPECT_EQ(site.get().error().kind, ErrorKind::cancelled);
}

} // namespace
} // namespace fathom
