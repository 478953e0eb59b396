#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class Deadline : public ScriptedClient {
protected:
    Client client{options()};

    void use_up_reports() {
        for (int i = 0; i < 10; ++i) {
            transport->then({.body = R"({"total":1})"});
            ASSERT_TRUE(get_visitors(client));
        }
    }
};

TEST_F(Deadline, IsTwoMinutesWhereTheCallerSetsNone) {
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.latency = 10h}; });
    const Result<Site> site = get_site(client);
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().kind, ErrorKind::timeout);
    EXPECT_EQ(elapsed(), 2min);
}

TEST_F(Deadline, EndsAnAttemptInFlight) {
    transport->then({.body = site_body, .latency = 30s});
    const Result<Site> site = get_site(client, {.timeout = 5s});
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().kind, ErrorKind::timeout);
    EXPECT_EQ(elapsed(), 5s);
}

TEST_F(Deadline, CoversTheWaitForTheLimit) {
    use_up_reports();
    const auto visitors = get_visitors(client, {.timeout = 30s});
    ASSERT_FALSE(visitors);
    EXPECT_EQ(visitors.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(visitors.error().attempts, 0);
}

TEST_F(Deadline, FailsAtOnceWhereTheLimitLeavesNoRoomBeforeIt) {
    use_up_reports();
    EXPECT_FALSE(get_visitors(client, {.timeout = 30s}));
    EXPECT_EQ(elapsed(), 0s);
}

TEST_F(Deadline, TellsWhenTheLimitWouldHaveLeftRoom) {
    use_up_reports();
    const auto visitors = get_visitors(client, {.timeout = 30s});
    ASSERT_FALSE(visitors);
    EXPECT_EQ(visitors.error().available_at, transport->calendar_now() + 61s);
}

TEST_F(Deadline, AllowsAWaitThatEndsBeforeIt) {
    use_up_reports();
    transport->then({.body = R"({"total":2})"});
    const auto visitors = get_visitors(client);
    ASSERT_TRUE(visitors);
    EXPECT_EQ(visitors->total, 2);
    EXPECT_EQ(elapsed(), 61s);
}

TEST_F(Deadline, IsKeptByACallThatIsSentJustBeforeIt) {
    use_up_reports();
    transport->then({.body = R"({"total":2})", .latency = 500ms});
    const auto served = get_visitors(client, {.timeout = 61s + 501ms});
    ASSERT_TRUE(served) << "sent half a second before its deadline, answered a millisecond before";
    EXPECT_EQ(elapsed(), 61s + 500ms);
}

TEST_F(Deadline, EndsACallThatIsSentJustBeforeItAndAnsweredAfterwards) {
    use_up_reports();
    transport->then({.body = R"({"total":2})", .latency = 500ms}).then({.body = R"({"total":3})"});
    const auto late = get_visitors(client, {.timeout = 61s + 1ms});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::timeout);
    EXPECT_EQ(late.error().attempts, 1);
    EXPECT_EQ(elapsed(), 61s + 1ms);
    EXPECT_EQ(transport->requests().back().request.timeout, 1ms) << "the attempt may take as long as the call";
    EXPECT_EQ(client.quota().reports.free_permits, 9U) << "the request may have arrived";
}

TEST_F(Deadline, RefusesAtOnceACallWhoseTurnComesWithIt) {
    use_up_reports();
    const auto visitors = get_visitors(client, {.timeout = 61s});
    ASSERT_FALSE(visitors);
    EXPECT_EQ(visitors.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(elapsed(), 0s);
    EXPECT_EQ(requests_sent(), 10U);
}

TEST_F(Deadline, EndsACallThatIsRefusedJustBeforeIt) {
    use_up_reports();
    transport->then({.status = 429, .headers = {{"Retry-After", "2"}}, .latency = 500ms});
    const auto refused = get_visitors(client, {.timeout = 62s});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(refused.error().http_status, 429);
    EXPECT_GE(refused.error().available_at, transport->calendar_now() + 3s) << "the pause that the service asks for";
    EXPECT_EQ(elapsed(), 61s + 500ms) << "at once, since no time is left for the pause";
}

TEST_F(Deadline, LetsAnAttemptTakeNoLongerThanItsOwnTimeout) {
    ClientOptions impatient = options();
    impatient.connection.attempt_timeout = 3s;
    transport->then({.body = site_body, .latency = 30s}).then({.body = site_body});
    EXPECT_TRUE(get_site(Client(impatient)));
    EXPECT_LE(elapsed(), 3s + 500ms);
}

} // namespace
} // namespace fathom
