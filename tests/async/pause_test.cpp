// AsyncClient::sleep_for() in virtual time.
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include <gtest/gtest.h>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class Pause : public ScriptedClient {
protected:
    std::optional<AsyncClient> client{std::in_place, options()};
};

TEST_F(Pause, LastsByTheClientsOwnClock) {
    const auto really_begun = std::chrono::steady_clock::now();
    EXPECT_TRUE(client->sleep_for(1h).get());
    EXPECT_EQ(elapsed(), 1h);
    EXPECT_LT(std::chrono::steady_clock::now() - really_begun, 1min);
    EXPECT_EQ(requests_sent(), 0U);
}

TEST_F(Pause, IsOverAtOnceWhereThereIsNothingToWaitFor) {
    EXPECT_TRUE(client->sleep_for(0s).get());
    EXPECT_TRUE(client->sleep_for(-1s).get());
    EXPECT_EQ(elapsed(), 0ms);
}

Future<int> ask_three_times(AsyncClient client) {
    int answers = 0;
    for (int i = 0; i < 3; ++i) {
        if (i > 0) (co_await client.sleep_for(15s)).value();
        answers += (co_await client.sites().get(SiteId{"CDBUGS"})) ? 1 : 0;
    }
    co_return answers;
}

TEST_F(Pause, LetsACoroutineCallNowAndThen) {
    transport->respond_with([](const auto&) { return testing::ScriptedAnswer{.body = site_body}; });
    EXPECT_EQ(ask_three_times(*client).get().value(), 3);
    std::vector<std::chrono::seconds> times;
    for (const auto& call : transport->requests()) {
        times.push_back(std::chrono::round<std::chrono::seconds>(call.time - begun));
    }
    EXPECT_EQ(times, (std::vector<std::chrono::seconds>{0s, 15s, 30s}));
}

TEST_F(Pause, EndsInOrderOfTime) {
    const EventLoopClient hosted(options()); // whose time stands still while the pauses begin
    std::vector<int> order;
    std::vector<Future<void>> pauses;
    for (const int seconds : {3, 1, 2}) {
        pauses.push_back(hosted.sleep_for(std::chrono::seconds{seconds}).then([&order, seconds](Result<void>) {
            order.push_back(seconds);
        }));
    }
    for (Future<void>& pause : pauses) EXPECT_TRUE(pause.get());
    EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(elapsed(), 3s);
}

TEST_F(Pause, CanBeCancelled) {
    const EventLoopClient hosted(options());
    std::stop_source stop;
    Future<void> first = hosted.sleep_for(1h);
    Future<void> second = hosted.sleep_for(1h, stop.get_token());
    Future<void> third = hosted.sleep_for(1h);
    hosted.process();
    first.cancel();
    stop.request_stop();
    hosted.process();
    EXPECT_EQ(first.get().error().kind, ErrorKind::cancelled);
    EXPECT_EQ(second.get().error().kind, ErrorKind::cancelled);
    EXPECT_FALSE(third.is_ready());
    EXPECT_EQ(elapsed(), 0ms);
    EXPECT_EQ(hosted.next_deadline(), begun + 1h);
    transport->advance(1h);
    hosted.process();
    EXPECT_TRUE(third.is_ready());
    EXPECT_EQ(hosted.next_deadline(), std::nullopt);
}

/// Where each looked for its place among all others, this took minutes.
TEST_F(Pause, CanBeCancelledAmongManyThatEndAtTheSameTime) {
    const EventLoopClient hosted(options());
    constexpr std::size_t count = 100'000;
    std::vector<Future<void>> pauses;
    pauses.reserve(count);
    for (std::size_t i = 0; i < count; ++i) pauses.push_back(hosted.sleep_for(1h));
    hosted.process();
    for (auto pause = pauses.rbegin(); pause != pauses.rend(); ++pause) pause->cancel();
    hosted.process();
    for (Future<void>& pause : pauses) ASSERT_TRUE(pause.is_ready());
    EXPECT_EQ(hosted.next_deadline(), std::nullopt);
}

TEST_F(Pause, CanBeCancelledBeforeItBegins) {
    const EventLoopClient hosted(options());
    std::stop_source stop;
    stop.request_stop();
    Future<void> pause = hosted.sleep_for(1h, stop.get_token());
    hosted.process();
    ASSERT_TRUE(pause.is_ready());
    EXPECT_EQ(pause.get().error().kind, ErrorKind::cancelled);
}

TEST_F(Pause, EndsWithItsClient) {
    client.reset();
    std::optional<EventLoopClient> hosted(options());
    Future<void> pause = hosted->sleep_for(1h);
    hosted->process();
    hosted.reset();
    ASSERT_TRUE(pause.is_ready());
    EXPECT_EQ(pause.get().error().kind, ErrorKind::cancelled);
}

struct Heard final : Observer {
    void call_started(const CallStarted&) noexcept override { ++events; }
    void call_ended(const CallEnded&) noexcept override { ++events; }
    int events = 0;
};

TEST_F(Pause, IsNoCallForAnObserver) {
    const auto observer = std::make_shared<Heard>();
    ClientOptions watched = options();
    watched.observer = observer;
    EXPECT_TRUE(AsyncClient(watched).sleep_for(1s).get());
    EXPECT_EQ(observer->events, 0);
}

TEST_F(Pause, IsRefusedByAClientThatWasMovedAway) {
    const AsyncClient taken = *std::move(client);
    EXPECT_EQ(client->sleep_for(1s).get().error().kind, ErrorKind::invalid_argument); // NOLINT(bugprone-use-after-move)
}

} // namespace
} // namespace fathom
