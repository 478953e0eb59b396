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

TEST_F(Deadline, LetsAnAttemptTakeNoLongerThanItsOwnTimeout) {
    ClientOptions impatient = options();
    impatient.connection.attempt_timeout = 3s;
    transport->then({.body = site_body, .latency = 30s}).then({.body = site_body});
    EXPECT_TRUE(get_site(Client(impatient)));
    EXPECT_LE(elapsed(), 3s + 500ms);
}

} // namespace
} // namespace fathom
