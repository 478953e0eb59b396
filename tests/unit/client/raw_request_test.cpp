#include "support/scripted_client.hpp"

namespace fathom {
namespace {

class RawRequests : public ScriptedClient {
protected:
    Client client{options()};
};

TEST_F(RawRequests, GiveTheAnswerAsItCame) {
    transport->then({.status = 200, .body = "[1]", .headers = HttpHeaders{{"X-Thing", "yes"}}});
    const auto answer = client.request({.path = "/new/thing"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "[1]");
    EXPECT_EQ(answer->headers.find("x-thing"), "yes");
}

TEST_F(RawRequests, GiveAnAnswerOfAnyStatus) {
    transport->then({.status = 404, .body = "nothing here"});
    const auto answer = client.request({.path = "/missing"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 404);
    EXPECT_EQ(answer->body, "nothing here");
}

TEST_F(RawRequests, AreRepeatedAndGiveTheLastAnswer) {
    for (int i = 0; i < 3; ++i) transport->then({.status = 503, .body = std::to_string(i)});
    const auto answer = client.request({.path = "/sites"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "2");
    EXPECT_EQ(answer->attempts, 3);
}

TEST_F(RawRequests, ThatPatchAreNotRepeatedSinceTwiceMayBeMoreThanOnce) {
    transport->then({.status = 503});
    const auto answer = client.request({.method = HttpMethod::patch, .path = "/sites/A", .body = "{}"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_EQ(transport->requests().size(), 1U);
}

TEST_F(RawRequests, ThatGetHaveNoBody) {
    const auto answer = client.request({.path = "/sites", .body = R"({"name":"Shop"})"});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::invalid_argument);
    EXPECT_TRUE(answer.error().message.starts_with("body")) << answer.error();
    EXPECT_TRUE(transport->requests().empty());
}

TEST_F(RawRequests, LeaveNothingInTheCacheThatOthersCannotRead) {
    ClientOptions with_cache = options();
    with_cache.cache.fresh_for = std::chrono::minutes{1};
    const Client other(with_cache);
    transport->then({.body = "<html>busy</html>"}).then({.body = R"({"id":"A","name":"Shop"})"});
    EXPECT_EQ(other.request({.path = "/sites/A"}).value().body, "<html>busy</html>");
    EXPECT_TRUE(other.sites().get(SiteId{"A"}));
}

TEST_F(RawRequests, EncodeTheirQuery) {
    transport->then({});
    ASSERT_TRUE(client.request({.path = "/sites", .query = {{"a b", "c&d=e"}}}));
    EXPECT_EQ(transport->requests().at(0).request.url, std::string(default_base_url) + "/sites?a%20b=c%26d%3De");
}

TEST_F(RawRequests, ToReportEndpointsCountAsReports) {
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{}; });
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(client.request({.path = "/aggregations"}));
    EXPECT_FALSE(get_visitors(client, {.timeout = std::chrono::seconds{1}}));
}

TEST_F(RawRequests, AreRefusedWhereTheirPathLeavesTheApi) {
    for (const char* path : {"", "sites", "/../secret", "/a/./b", "/a?b", "/a#b", "/a b", "/a\n", "/%2e%2e/x"}) {
        const auto answer = client.request({.path = path});
        ASSERT_FALSE(answer) << path;
        EXPECT_EQ(answer.error().kind, ErrorKind::invalid_argument) << path;
    }
}

} // namespace
} // namespace fathom
