#include <stop_token>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class Cancellation : public ScriptedClient {
protected:
    /// Requests the stop at the first moment at which time has moved.
    void stop_when_time_moves() {
        transport->on_time([this](Clock::time_point now) {
            if (now > begun) stop.request_stop();
        });
    }

    void expect_cancelled(const Result<CurrentVisitors>& visitors) {
        ASSERT_FALSE(visitors);
        EXPECT_EQ(visitors.error().kind, ErrorKind::cancelled);
    }

    std::stop_source stop;
    Client client{options()};
};

TEST_F(Cancellation, BeforeTheCallSendsNothing) {
    stop.request_stop();
    expect_cancelled(get_visitors(client, {.stop = stop.get_token()}));
    EXPECT_EQ(requests_sent(), 0U);
}

TEST_F(Cancellation, InFlightGivesTheAttemptUp) {
    transport->then({.latency = 30s});
    stop_when_time_moves();
    expect_cancelled(get_visitors(client, {.stop = stop.get_token()}));
    EXPECT_EQ(transport->aborted(), 1U);
    EXPECT_LT(elapsed(), 1s);
}

TEST_F(Cancellation, WhileBackingOffSendsNoMore) {
    transport->then({.status = 503, .headers = {{"Retry-After", "20"}}});
    stop_when_time_moves();
    expect_cancelled(get_visitors(client, {.stop = stop.get_token()}));
    EXPECT_EQ(requests_sent(), 1U);
}

TEST_F(Cancellation, WhileQueuedLeavesItsPlaceToTheNext) {
    for (int i = 0; i < 11; ++i) transport->then({.body = R"({"total":1})"});
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(client));
    stop_when_time_moves();
    expect_cancelled(get_visitors(client, {.stop = stop.get_token()}));
    EXPECT_EQ(requests_sent(), 10U);
    EXPECT_TRUE(get_visitors(client));
}

TEST_F(Cancellation, AfterTheEndChangesNothing) {
    transport->then({.body = R"({"total":1})"});
    const auto visitors = get_visitors(client, {.stop = stop.get_token()});
    stop.request_stop();
    EXPECT_TRUE(visitors);
}

} // namespace
} // namespace fathom
