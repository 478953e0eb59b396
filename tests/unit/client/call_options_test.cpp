#include <memory>
#include <string>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class OptionsOfACall : public ScriptedClient {
protected:
    Client client{options()};
    AsyncClient async{client};
    std::shared_ptr<HttpResponse> raw = std::make_shared<HttpResponse>(HttpResponse{.status = -1});
};

TEST_F(OptionsOfACall, HaveARetryPolicyOfTheirOwn) {
    for (int i = 0; i < 6; ++i) transport->then({.status = 503});
    EXPECT_FALSE(get_site(client, {.retry = RetryPolicy{.max_attempts = 1}}));
    EXPECT_EQ(requests_sent(), 1U);
    EXPECT_EQ(elapsed(), 0ms);
    EXPECT_FALSE(get_site(client, {.retry = RetryPolicy{.max_attempts = 5, .base_delay = 0ms}}));
    EXPECT_EQ(requests_sent(), 6U);
    EXPECT_EQ(elapsed(), 0ms);
    transport->then_fail({{.kind = ErrorKind::network, .message = "reset"}}).then({.body = site_body});
    EXPECT_TRUE(get_site(client)) << "the next call has the client's again";
}

TEST_F(OptionsOfACall, AreCheckedBeforeARequestLeaves) {
    const Result<Site> site = get_site(client, {.retry = RetryPolicy{.max_attempts = 0}});
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(site.error().fields.at(0).field, "retry.max_attempts");
    EXPECT_EQ(site.error().operation, "getSite");
    const auto later = async.sites().get(SiteId("A"), {.retry = RetryPolicy{.base_delay = -1ms}}).get();
    EXPECT_EQ(later.error().fields.at(0).field, "retry.base_delay");
    EXPECT_EQ(
        client.sites().list({.call = {.retry = RetryPolicy{.max_delay = -1ms}}}).collect().error().fields.at(0).field,
        "retry.max_delay");
    EXPECT_EQ(requests_sent(), 0U);
}

TEST_F(OptionsOfACall, GiveTheRawAnswerBesideTheTypedValue) {
    transport->then({.status = 200, .body = site_body, .headers = {{"X-Request-Id", "r1"}}});
    const Result<Site> site = get_site(client, {.response = raw});
    ASSERT_TRUE(site);
    EXPECT_EQ(site->name, "Shop");
    EXPECT_EQ(raw->status, 200);
    EXPECT_EQ(raw->headers.find("x-request-id"), "r1");
    EXPECT_EQ(raw->body, site_body);
}

TEST_F(OptionsOfACall, GiveTheRawAnswerOfAFailure) {
    transport->then({.status = 422, .body = R"({"message":"no"})", .headers = {{"X-Request-Id", "r2"}}});
    EXPECT_FALSE(get_site(client, {.response = raw}));
    EXPECT_EQ(raw->status, 422);
    EXPECT_EQ(raw->headers.find("X-Request-Id"), "r2");
    EXPECT_EQ(raw->body, R"({"message":"no"})");

    transport->then({.status = 200, .body = "<html>"});
    EXPECT_EQ(get_site(client, {.response = raw}).error().kind, ErrorKind::decode);
    EXPECT_EQ(raw->body, "<html>");
}

TEST_F(OptionsOfACall, GiveTheLastOfSeveralAnswers) {
    transport->then({.status = 503, .body = "busy"}).then({.body = site_body});
    EXPECT_TRUE(get_site(client, {.response = raw}));
    EXPECT_EQ(raw->status, 200);
}

TEST_F(OptionsOfACall, LeaveTheRawAnswerAloneWhereNoneCame) {
    transport->then_fail({{.kind = ErrorKind::tls, .message = "bad certificate"}});
    EXPECT_FALSE(get_site(client, {.response = raw}));
    EXPECT_EQ(raw->status, -1);
}

TEST_F(OptionsOfACall, GiveTheRawAnswerOfACallThatDoesNotBlock) {
    transport->then({.status = 404, .body = "gone"});
    EXPECT_FALSE(async.sites().get(SiteId("A"), {.response = raw}).get());
    EXPECT_EQ(raw->status, 404);
    transport->then({.body = site_body});
    EXPECT_TRUE(async.sites().get(SiteId("CDBUGS"), {.response = raw}).get());
    EXPECT_EQ(raw->body, site_body);
}

TEST_F(OptionsOfACall, GiveTheRawAnswerThatWasKept) {
    ClientOptions with_cache = options();
    with_cache.cache.fresh_for = 1min;
    const Client keeping{with_cache};
    transport->then({.body = site_body, .headers = {{"X-Request-Id", "r3"}}});
    EXPECT_TRUE(get_site(keeping));
    EXPECT_TRUE(get_site(keeping, {.response = raw}));
    EXPECT_EQ(requests_sent(), 1U);
    EXPECT_EQ(raw->headers.find("X-Request-Id"), "r3");
}

TEST_F(OptionsOfACall, GiveTheRawAnswerOfThePageThatCameLast) {
    transport->then({.body = R"({"data":[{"id":"A","name":"a"}],"has_more":true})"})
        .then(
            {.body = R"({"data":[{"id":"B","name":"b"}],"has_more":false})", .headers = {{"X-Request-Id", "second"}}});
    EXPECT_EQ(client.sites().list({.call = {.response = raw}}).collect().value().size(), 2U);
    EXPECT_EQ(raw->headers.find("X-Request-Id"), "second");
}

} // namespace
} // namespace fathom
