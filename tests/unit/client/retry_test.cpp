#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class Retry : public ScriptedClient {
protected:
    static inline const TransportError broken{.kind = ErrorKind::network, .message = "connection reset"};
    static inline const TransportError unreachable{
        .kind = ErrorKind::network, .message = "connection refused", .request_sent = false};
    Client client{options()};
};

TEST_F(Retry, RepeatsAGetAfterEachOutageStatus) {
    for (const int status : {429, 500, 502, 503, 504}) {
        transport->then({.status = status, .headers = {{"Retry-After", "1"}}}).then({.body = site_body});
        EXPECT_TRUE(get_site(client)) << status;
    }
}

TEST_F(Retry, DoesNotRepeatAfterARefusal) {
    for (const int status : {301, 400, 401, 403, 404, 410, 422, 501}) {
        const std::size_t before = requests_sent();
        transport->then({.status = status});
        EXPECT_FALSE(get_site(client)) << status;
        EXPECT_EQ(requests_sent(), before + 1) << status;
    }
}

TEST_F(Retry, RepeatsAGetAfterABrokenConnection) {
    transport->then_fail({broken}).then({.body = site_body});
    EXPECT_TRUE(get_site(client));
}

TEST_F(Retry, GivesUpAfterThreeAttempts) {
    for (int i = 0; i < 4; ++i) transport->then({.status = 503, .body = R"({"error":"maintenance"})"});
    const Result<Site> site = get_site(client);
    ASSERT_FALSE(site);
    EXPECT_EQ(requests_sent(), 3U);
    EXPECT_EQ(site.error().kind, ErrorKind::server);
    EXPECT_EQ(site.error().attempts, 3);
    EXPECT_EQ(site.error().http_status, 503);
    EXPECT_EQ(site.error().message, "maintenance");
    EXPECT_EQ(site.error().operation, "getSite");
}

TEST_F(Retry, PausesNoLongerThanTheBackOffAllows) {
    transport->then({.status = 503}).then({.status = 503}).then({.body = site_body});
    EXPECT_TRUE(get_site(client));
    EXPECT_LE(elapsed(), 500ms + 1s);
}

TEST_F(Retry, WaitsAsLongAsRetryAfterAsks) {
    transport->then({.status = 503, .headers = {{"Retry-After", "20"}}}).then({.body = site_body});
    EXPECT_TRUE(get_site(client));
    EXPECT_GE(elapsed(), 20s);
}

TEST_F(Retry, FailsAtOnceWhereRetryAfterPassesTheDeadline) {
    transport->then({.status = 503, .headers = {{"Retry-After", "20"}}});
    const Result<Site> site = get_site(client, {.timeout = 10s});
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().retry_after, 20s);
    EXPECT_EQ(elapsed(), 0s);
}

TEST_F(Retry, DoesNotRepeatACreateWhoseAnswerWasLost) {
    transport->then_fail({broken});
    const auto site = client.sites().create({.name = "Shop"});
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().kind, ErrorKind::network);
    EXPECT_EQ(requests_sent(), 1U);
}

TEST_F(Retry, DoesNotRepeatACreateAfterAnOutageStatus) {
    transport->then({.status = 502});
    EXPECT_FALSE(client.sites().create({.name = "Shop"}));
    EXPECT_EQ(requests_sent(), 1U);
}

TEST_F(Retry, RepeatsACreateThatNeverReachedTheServer) {
    transport->then_fail({unreachable}).then({.body = site_body});
    EXPECT_TRUE(client.sites().create({.name = "Shop"}));
}

TEST_F(Retry, RepeatsACreateThatTheLimitRefused) {
    transport->then({.status = 429, .headers = {{"Retry-After", "1"}}}).then({.body = site_body});
    EXPECT_TRUE(client.sites().create({.name = "Shop"}));
}

TEST_F(Retry, TakesNotFoundForSuccessAfterALostAnswerToADelete) {
    transport->then_fail({broken}).then({.status = 404, .body = R"({"error":"Not found"})"});
    EXPECT_TRUE(client.sites().remove(SiteId{"CDBUGS"}, irreversible));
}

TEST_F(Retry, TakesNotFoundForAFailureOfAFirstDelete) {
    transport->then({.status = 404});
    const auto removed = client.sites().remove(SiteId{"CDBUGS"}, irreversible);
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().kind, ErrorKind::not_found);
}

TEST_F(Retry, TakesNotFoundForAFailureOfADeleteThatTheLimitRefusedBefore) {
    transport->then({.status = 429, .headers = {{"Retry-After", "1"}}}).then({.status = 404});
    EXPECT_FALSE(client.sites().remove(SiteId{"CDBUGS"}, irreversible));
}

TEST_F(Retry, DoesNotRepeatAfterATlsFailure) {
    transport->then_fail({{.kind = ErrorKind::tls, .message = "certificate expired", .request_sent = false}});
    EXPECT_FALSE(get_site(client));
    EXPECT_EQ(requests_sent(), 1U);
}

TEST_F(Retry, CanBeSwitchedOff) {
    ClientOptions once = options();
    once.retry.max_attempts = 1;
    transport->then({.status = 503}).then({.body = site_body});
    EXPECT_FALSE(get_site(Client(once)));
}

TEST_F(Retry, StopsWhereTheBudgetOfTheMinuteIsSpent) {
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.status = 503}; });
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(get_site(client));
    EXPECT_EQ(requests_sent(), 20U + 10U);
}

TEST_F(Retry, DoesNotRepeatAnAnswerThatCannotBeRead) {
    transport->then({.body = "<html>"}).then({.body = site_body});
    const Result<Site> site = get_site(client);
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().kind, ErrorKind::decode);
    EXPECT_EQ(site.error().operation, "getSite");
    EXPECT_EQ(site.error().attempts, 1);
}

} // namespace
} // namespace fathom
