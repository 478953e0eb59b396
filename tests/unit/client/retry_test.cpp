#include <functional>
#include <vector>

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
    for (const int status : {408, 425, 429, 500, 502, 503, 504, 520, 522, 527, 530}) {
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

TEST_F(Retry, RepeatsWhateverTheServiceDidNotProcess) {
    for (const int status : {408, 425}) {
        transport->then({.status = status}).then({.body = site_body});
        EXPECT_TRUE(get_site(client)) << status;
        transport->then({.status = status}).then({.body = site_body});
        EXPECT_TRUE(client.sites().create({.name = "Shop"})) << status;
    }
}

TEST_F(Retry, TellsThatACreateMayHaveTakenEffect) {
    const std::vector<std::function<void()>> losses{
        [this] { transport->then_fail({broken}); }, [this] { transport->then({.status = 502}); },
        [this] { transport->then({.body = "<html>"}); },
        [this] { transport->then_fail({{.kind = ErrorKind::timeout, .message = "too slow"}}); }};
    for (const auto& lose : losses) {
        lose();
        const auto site = client.sites().create({.name = "Shop"});
        ASSERT_FALSE(site);
        EXPECT_TRUE(site.error().may_have_taken_effect) << site.error();
        EXPECT_FALSE(site.error().is_transient()) << "a loop that repeats would make two";
    }
}

TEST_F(Retry, TellsThatARefusedCreateHasNotTakenEffect) {
    for (const int status : {400, 401, 403, 404, 422}) {
        transport->then({.status = status});
        EXPECT_FALSE(client.sites().create({.name = "Shop"}).error().may_have_taken_effect) << status;
    }
    transport->then_fail({unreachable}).then_fail({unreachable}).then_fail({unreachable});
    const auto site = client.sites().create({.name = "Shop"});
    EXPECT_FALSE(site.error().may_have_taken_effect);
    EXPECT_TRUE(site.error().is_transient());
}

TEST_F(Retry, NeverSaysThatAReadHasAnEffect) {
    transport->then({.body = "<html>"});
    EXPECT_FALSE(get_site(client).error().may_have_taken_effect);
}

TEST_F(Retry, TakesDurationsOfAnyLength) {
    ClientOptions endless = options();
    endless.timeout = std::chrono::milliseconds::max();
    endless.connection.attempt_timeout = std::chrono::milliseconds::max();
    endless.retry = {.base_delay = std::chrono::milliseconds::max(), .max_delay = std::chrono::milliseconds::max()};
    endless.cache = {.fresh_for = std::chrono::milliseconds::max(), .stale_for = std::chrono::milliseconds::max()};
    endless.limits.resources = {.requests = 2, .window = std::chrono::seconds::max()};
    const Client patient(endless);
    transport->then({.body = site_body}).then({.body = site_body});
    EXPECT_TRUE(get_site(patient));
    EXPECT_TRUE(get_site(patient)) << "kept";
    EXPECT_EQ(requests_sent(), 1U);
    EXPECT_TRUE(patient.sites().get(SiteId{"OTHERS"}));
    const auto third = patient.sites().get(SiteId{"THIRDS"}, {.when_limited = WhenLimited::fail});
    ASSERT_FALSE(third) << "two in any window";
    EXPECT_EQ(third.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(elapsed(), 0s);
}

TEST_F(Retry, AddsAMarginOfAnyLengthToRetryAfter) {
    ClientOptions slow = options();
    slow.limits.margin = std::chrono::seconds::max();
    transport->then({.status = 503, .headers = {{"Retry-After", "1"}}}).then({.body = site_body});
    EXPECT_FALSE(get_site(Client(slow))) << "it asks for longer than the deadline leaves";
    EXPECT_EQ(requests_sent(), 1U);
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

TEST_F(Retry, TakesNotFoundForAFailureOfADeleteThatTheServiceFailedAtBefore) {
    transport->then({.status = 503}).then({.status = 404});
    const auto removed = client.sites().remove(SiteId{"CDBUGS"}, irreversible);
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().kind, ErrorKind::not_found);
    EXPECT_TRUE(removed.error().may_have_taken_effect);
}

TEST_F(Retry, TakesNotFoundForSuccessAfterAGatewayLostTheAnswerToADelete) {
    transport->then({.status = 504}).then({.status = 404});
    EXPECT_TRUE(client.sites().remove(SiteId{"CDBUGS"}, irreversible));
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
