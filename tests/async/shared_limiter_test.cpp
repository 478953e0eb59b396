// Clients with loops of their own that share a limiter, in virtual time.
#include <chrono>
#include <memory>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>
#include <fathom/testing/scripted_transport.hpp>

namespace fathom {
namespace {

using namespace std::chrono_literals;
using testing::ScriptedAnswer;
using testing::ScriptedTransport;

constexpr auto latency = 40ms;

class SharedLimiterTest : public ::testing::Test {
protected:
    [[nodiscard]] ClientOptions options(std::shared_ptr<ScriptedTransport> transport) const {
        return {
            .api_key = "key", .retry = {.max_attempts = 1}, .rate_limiter = limiter, .transport = std::move(transport)};
    }
    [[nodiscard]] static Future<CurrentVisitors> get_visitors(const EventLoopClient& client) {
        return client.current_visitors().get(SiteId{"CDBUGS"});
    }

    std::shared_ptr<RateLimiter> limiter = local_rate_limiter({.reports = {.requests = 1, .window = 60s}});
    std::shared_ptr<ScriptedTransport> first_transport = std::make_shared<ScriptedTransport>();
    std::shared_ptr<ScriptedTransport> second_transport = std::make_shared<ScriptedTransport>();
    int wakes = 0;
    EventLoopClient first{options(first_transport)};
    EventLoopClient second{options(second_transport), [this] { ++wakes; }};
};

TEST_F(SharedLimiterTest, WakesAnotherClientAtOnceWhereAPermitComesBackEarly) {
    first_transport->then_fail(
        {.error = {.kind = ErrorKind::network, .message = "refused", .request_sent = false}, .latency = latency});
    second_transport->then(ScriptedAnswer{.body = R"({"total":4})"});
    auto failing = get_visitors(first);
    first.process();
    auto waiting = get_visitors(second);
    second.process();
    ASSERT_TRUE(second_transport->requests().empty()) << "the only permit is taken";
    const int wakes_before = wakes;

    first_transport->advance(latency);
    second_transport->advance(latency);
    first.process();
    EXPECT_EQ(failing.get().error().kind, ErrorKind::network);
    EXPECT_EQ(wakes, wakes_before + 1);
    EXPECT_EQ(second.next_deadline(), second_transport->now());
    second.process();
    EXPECT_EQ(second_transport->requests().size(), 1U);
    second_transport->advance(latency);
    second.process();
    EXPECT_EQ(waiting.get().value().total, 4);
}

} // namespace
} // namespace fathom
