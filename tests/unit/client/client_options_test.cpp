#include <cmath>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

/// The field that the options are refused for; empty where they are taken.
std::string refused_field(ClientOptions options) {
    const Result<Client> client = Client::create(std::move(options));
    return client ? "" : client.error().fields.at(0).field;
}

TEST(ClientOptions, NeedAKey) { EXPECT_EQ(refused_field({.api_key = ""}), "api_key"); }

TEST(ClientOptions, RefuseAKeyThatWouldBreakItsHeader) {
    EXPECT_EQ(refused_field({.api_key = "key\n"}), "api_key");
    EXPECT_EQ(refused_field({.api_key = "two words"}), "api_key");
}

TEST(ClientOptions, RefuseAUserAgentThatWouldBreakItsHeader) {
    for (const char* suffix : {"shop/1.0\r\nX-Evil: 1", "shop\x7f", "\t"}) {
        EXPECT_EQ(refused_field({.api_key = "key", .connection = {.user_agent_suffix = suffix}}),
                  "connection.user_agent_suffix")
            << suffix;
    }
}

TEST(ClientOptions, NeverTellTheKeyInAnError) {
    const Result<Client> client = Client::create({.api_key = "hush hush"});
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().to_string().find("hush"), std::string::npos);
}

TEST(ClientOptions, TakeHttpToThisMachineOnly) {
    for (const char* url : {"http://localhost:8080/v1", "http://127.0.0.1", "http://127.8.9.1:1/", "http://[::1]:80"}) {
        EXPECT_EQ(refused_field({.api_key = "key", .base_url = url}), "") << url;
    }
    for (const char* url : {"http://api.usefathom.com/v1", "http://127.0.0.1.example.com", "http://localhost.example",
                            "http://10.0.0.1", "http://user:word@localhost"}) {
        EXPECT_EQ(refused_field({.api_key = "key", .base_url = url}), "base_url") << url;
    }
}

TEST(ClientOptions, RefuseWhatIsNoHttpsAddress) {
    for (const char* url :
         {"", "api.usefathom.com", "ftp://example.com", "file:///etc/passwd", "https://", "https://a b",
          "https://example.com?x=1", "https://example.com/#x", "https://me:word@example.com"}) {
        EXPECT_EQ(refused_field({.api_key = "key", .base_url = url}), "base_url") << url;
    }
}

TEST(ClientOptions, RefuseTimesAndLimitsThatCannotWork) {
    EXPECT_EQ(refused_field({.api_key = "key", .timeout = 0ms}), "timeout");
    EXPECT_EQ(refused_field({.api_key = "key", .retry = {.max_attempts = 0}}), "retry.max_attempts");
    EXPECT_EQ(refused_field({.api_key = "key", .retry = {.base_delay = -1ms}}), "retry.base_delay");
    EXPECT_EQ(refused_field({.api_key = "key", .retry = {.max_delay = -1ms}}), "retry.max_delay");
    EXPECT_EQ(refused_field({.api_key = "key", .connection = {.connect_timeout = 0ms}}), "connection.connect_timeout");
    EXPECT_EQ(refused_field({.api_key = "key", .limits = {.reports = {.requests = 0, .window = 60s}}}),
              "limits.reports.requests");
    EXPECT_EQ(refused_field({.api_key = "key", .limits = {.resources = {2'000, 1h, 0}}}),
              "limits.resources.max_in_flight");
    EXPECT_EQ(refused_field({.api_key = "key", .limits = {.margin = -1s}}), "limits.margin");
    EXPECT_EQ(refused_field({.api_key = "key", .limits = {.late_arrival = -1s}}), "limits.late_arrival");
    EXPECT_EQ(refused_field({.api_key = "key", .connection = {.attempt_timeout = -1ms}}), "connection.attempt_timeout");
    EXPECT_EQ(refused_field({.api_key = "key", .cache = {.fresh_for = -1ms}}), "cache.fresh_for");
    EXPECT_EQ(refused_field({.api_key = "key", .cache = {.stale_for = -1ms}}), "cache.stale_for");
}

TEST(ClientOptions, RefuseABudgetOfRetriesThatIsNone) {
    EXPECT_EQ(refused_field({.api_key = "key", .retry = {.budget = -0.1}}), "retry.budget");
    EXPECT_EQ(refused_field({.api_key = "key", .retry = {.budget = std::nan("")}}), "retry.budget");
    EXPECT_EQ(refused_field({.api_key = "key", .retry = {.budget_reserve = -1}}), "retry.budget_reserve");
}

TEST(ClientOptions, RefuseALimiterWhoseLimitsCannotWork) {
    const RateLimits none{.reports = {.requests = 0, .window = 60s}};
    EXPECT_EQ(refused_field({.api_key = "key", .rate_limiter = local_rate_limiter(none)}),
              "rate_limiter.limits.reports.requests");
    const RateLimits at_once{.resources = {.requests = 10, .window = 0s}};
    EXPECT_EQ(refused_field({.api_key = "key", .rate_limiter = local_rate_limiter(at_once)}),
              "rate_limiter.limits.resources.window");
}

TEST(ClientOptions, ThrowWhereTheConstructorIsGivenBadOnes) {
    EXPECT_THROW(Client(ClientOptions{.api_key = ""}), Exception);
}

using Headers = ScriptedClient;

TEST_F(Headers, CarryKeyFormatAndProgram) {
    ClientOptions named = options();
    named.connection.user_agent_suffix = "my-dashboard/2.0";
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(Client(named)));
    const std::vector<HttpHeader> expected{{"Authorization", "Bearer secret-key"},
                                           {"Accept", "application/json"},
                                           {"User-Agent", std::string("fathom-cpp/") + version + " my-dashboard/2.0"}};
    EXPECT_EQ(*transport->requests().at(0).request.headers, expected);
}

TEST_F(Headers, NameTheFormatOfABody) {
    transport->then({.body = site_body});
    ASSERT_TRUE(Client(options()).sites().create({.name = "Shop"}));
    EXPECT_EQ(transport->requests().at(0).request.headers->back(), (HttpHeader{"Content-Type", "application/json"}));
}

TEST_F(Headers, AreTheOnlyPlaceOfTheKey) {
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(Client(options())));
    const HttpRequest request = transport->requests().at(0).request;
    EXPECT_EQ((request.url + request.body).find("secret-key"), std::string::npos);
}

} // namespace
} // namespace fathom
