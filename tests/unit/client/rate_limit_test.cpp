#include <algorithm>
#include <vector>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class ReportLimiter : public ScriptedClient {
protected:
    void answer_all_after(std::chrono::milliseconds latency) {
        transport->respond_with([latency](const HttpRequest&) {
            return testing::ScriptedAnswer{.body = R"({"total":1})", .latency = latency};
        });
    }

    /// The most requests that any 60 s saw, counted from when each was sent.
    [[nodiscard]] std::ptrdiff_t most_in_a_minute() const {
        const std::vector<testing::RecordedCall> calls = transport->requests();
        std::ptrdiff_t most = 0;
        for (auto first = calls.begin(); first != calls.end(); ++first) {
            const auto end =
                std::find_if(first, calls.end(), [&](const auto& call) { return call.time - first->time >= 60s; });
            most = std::max(most, end - first);
        }
        return most;
    }

    Client client{options()};
};

TEST_F(ReportLimiter, LetsTheFirstTenGoAtOnce) {
    answer_all_after(0ms);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(client));
    EXPECT_EQ(elapsed(), 0s);
}

TEST_F(ReportLimiter, NeverExceedsTenInAnyMinute) {
    answer_all_after(700ms);
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(get_visitors(client));
    EXPECT_EQ(most_in_a_minute(), 10);
}

TEST_F(ReportLimiter, CountsReportsAndCurrentVisitorsTogether) {
    answer_all_after(0ms);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(client));
    const auto report =
        client.aggregations().pageviews(SiteId{"CDBUGS"}, {.aggregates = {PageviewMetric::visits}}, {.timeout = 1s});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::rate_limited);
}

TEST_F(ReportLimiter, LeavesOtherCallsAlone) {
    answer_all_after(0ms);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(client));
    transport->then({.body = site_body});
    EXPECT_TRUE(get_site(client, {.timeout = 1s}));
}

TEST_F(ReportLimiter, CountsEachAttemptOfARetriedCall) {
    ClientOptions eager = options();
    eager.retry.base_delay = 0ms;
    const Client eager_client(eager);
    for (int i = 0; i < 5; ++i) {
        transport->then({.status = 503}).then({.body = R"({"total":1})"});
        ASSERT_TRUE(get_visitors(eager_client));
    }
    EXPECT_FALSE(get_visitors(eager_client, {.timeout = 1s}));
    EXPECT_EQ(requests_sent(), 10U);
}

TEST_F(ReportLimiter, IsClosedBy429UntilASecondAfterRetryAfter) {
    transport->then({.status = 429, .headers = {{"Retry-After", "7"}}}).then({.body = R"({"total":1})"});
    EXPECT_TRUE(get_visitors(client));
    EXPECT_EQ(elapsed(), 8s);
}

TEST_F(ReportLimiter, PausesForItsShareOfTheWindowAfterA429WithoutReadableRetryAfter) {
    for (const char* text : {"", "soon", "1e3"}) {
        const Client other(options());
        const auto start = transport->now();
        transport->then({.status = 429, .headers = {{"Retry-After", text}}}).then({.body = R"({"total":1})"});
        EXPECT_TRUE(get_visitors(other));
        EXPECT_GE(transport->now() - start, 6s);
        EXPECT_LE(transport->now() - start, 8s) << "one of ten in 61 s, and up to a quarter more";
    }
}

TEST_F(ReportLimiter, IsNotShutForAnHourByOne429) {
    transport->then({.status = 429}).then({.body = site_body});
    EXPECT_TRUE(get_site(client));
    EXPECT_LE(elapsed(), 5s);
}

TEST_F(ReportLimiter, SpendsNoAttemptAndNoRetryOnARefusal) {
    ClientOptions once = options();
    once.retry = {.max_attempts = 1, .budget = 0, .budget_reserve = 0};
    const Client careful(once);
    for (int i = 0; i < 5; ++i) transport->then({.status = 429, .headers = {{"Retry-After", "1"}}});
    transport->then({.body = site_body});
    EXPECT_TRUE(get_site(careful));
    EXPECT_EQ(requests_sent(), 6U);
}

TEST_F(ReportLimiter, TellsWhenItOpensAgainAfter429) {
    transport->then({.status = 429, .headers = {{"Retry-After", "300"}}});
    const auto visitors = get_visitors(client);
    ASSERT_FALSE(visitors);
    EXPECT_EQ(visitors.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(visitors.error().http_status, 429);
    EXPECT_EQ(visitors.error().retry_after, 300s);
    EXPECT_EQ(visitors.error().available_at, transport->calendar_now() + 301s);
}

TEST_F(ReportLimiter, LetsACallFailAtOnceIfItWouldRatherNotWait) {
    answer_all_after(0ms);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(client, {.when_limited = WhenLimited::fail}));
    const auto visitors = get_visitors(client, {.when_limited = WhenLimited::fail});
    ASSERT_FALSE(visitors);
    EXPECT_EQ(visitors.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(visitors.error().available_at, transport->calendar_now() + 61s);
    EXPECT_EQ(elapsed(), 0s);
}

TEST_F(ReportLimiter, TellsItsQuota) {
    answer_all_after(0ms);
    EXPECT_EQ(client.quota().reports.free_permits, 10U);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(client));
    const Quota quota = client.quota();
    EXPECT_EQ(quota.reports.free_permits, 0U);
    EXPECT_EQ(quota.reports.requests_sent, 10U);
    EXPECT_EQ(quota.reports.refused_requests, 0U);
    EXPECT_EQ(quota.reports.waiting_calls, 0U);
    EXPECT_EQ(quota.reports.next_permit_at, transport->calendar_now() + 61s);
    EXPECT_EQ(quota.resources.free_permits, 2'000U);
}

TEST_F(ReportLimiter, CountsRefusedRequestsInItsQuota) {
    transport->then({.status = 429, .headers = {{"Retry-After", "7"}}}).then({.body = R"({"total":1})"});
    ASSERT_TRUE(get_visitors(client));
    EXPECT_EQ(client.quota().reports.refused_requests, 1U);
}

TEST_F(ReportLimiter, CountsWhatTheServiceSaysOthersHaveUsed) {
    transport->then(
        {.body = R"({"total":1})", .headers = {{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "3"}}});
    ASSERT_TRUE(get_visitors(client));
    EXPECT_EQ(client.quota().reports.free_permits, 3U);
}

TEST_F(ReportLimiter, WaitsAWindowWhereTheServiceSaysThatNothingRemains) {
    transport
        ->then({.body = R"({"total":1})", .headers = {{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "0"}}})
        .then({.body = R"({"total":1})"});
    ASSERT_TRUE(get_visitors(client));
    ASSERT_TRUE(get_visitors(client));
    EXPECT_EQ(elapsed(), 61s);
}

TEST_F(ReportLimiter, IsNeverLoosenedByTheService) {
    transport->respond_with([](const HttpRequest&) {
        return testing::ScriptedAnswer{.body = R"({"total":1})",
                                       .headers = {{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "500"}}};
    });
    for (int i = 0; i < 11; ++i) ASSERT_TRUE(get_visitors(client));
    EXPECT_EQ(elapsed(), 61s);
}

TEST_F(ReportLimiter, IgnoresHeadersThatItCannotRead) {
    transport->then({.body = R"({"total":1})", .headers = {{"X-RateLimit-Remaining", "a few"}}});
    ASSERT_TRUE(get_visitors(client));
    EXPECT_EQ(client.quota().reports.free_permits, 9U);
}

TEST_F(ReportLimiter, LosesNothingToHeadersAboutAnotherLimit) {
    for (int remaining = 59; remaining > 0; --remaining) {
        transport->then({.body = site_body,
                         .headers = {{"X-RateLimit-Limit", "60"},
                                     {"X-RateLimit-Remaining", std::to_string(remaining)},
                                     {"X-RateLimit-Reset", "20"}}});
        ASSERT_TRUE(get_site(client));
    }
    EXPECT_EQ(client.quota().reports.free_permits, 10U);
    EXPECT_EQ(client.quota().resources.free_permits, 2'000U - 59U);
}

TEST_F(ReportLimiter, WaitsAtMostForTheResetOfAnotherLimit) {
    transport
        ->then({.body = site_body,
                .headers = {{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "20"}}})
        .then({.body = site_body});
    ASSERT_TRUE(get_site(client));
    ASSERT_TRUE(get_site(client));
    EXPECT_EQ(elapsed(), 21s);
    EXPECT_EQ(client.quota().resources.free_permits, 1'998U);
}

TEST_F(ReportLimiter, IsSharedByCopiesOfAClient) {
    answer_all_after(0ms);
    const Client copy = client; // NOLINT(performance-unnecessary-copy-initialization): the copy is what is tested
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(get_visitors(client));
        ASSERT_TRUE(get_visitors(copy));
    }
    EXPECT_FALSE(get_visitors(copy, {.timeout = 1s}));
}

TEST_F(ReportLimiter, IsSharedByClientsThatAreGivenTheSame) {
    const auto limiter = local_rate_limiter();
    ClientOptions first = options();
    first.rate_limiter = limiter;
    auto other_transport = std::make_shared<testing::ScriptedTransport>();
    ClientOptions second = first;
    second.transport = other_transport;
    answer_all_after(0ms);
    const Client one(first);
    const Client two(second);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(one));
    EXPECT_FALSE(get_visitors(two, {.timeout = 1s}));
    EXPECT_TRUE(other_transport->requests().empty());
}

TEST_F(ReportLimiter, IsSparedByReportsWhoseEndIsRounded) {
    ClientOptions keeping = options();
    keeping.cache.fresh_for = 1min;
    const Client board(keeping);
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.body = "[]"}; });
    const auto minute = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + 12h;
    for (const auto second : {3s, 30s, 59s}) {
        PageviewQuery query{.aggregates = {PageviewMetric::visits}};
        query.date_to = std::chrono::floor<std::chrono::minutes>(minute + second);
        ASSERT_TRUE(board.aggregations().pageviews(SiteId{"CDBUGS"}, query));
    }
    EXPECT_EQ(requests_sent(), 1U);
}

TEST_F(ReportLimiter, KeepsNoAnswerThatCannotBeRead) {
    ClientOptions keeping = options();
    keeping.cache.fresh_for = 1min;
    const Client board(keeping);
    for (const char* body : {"<html>", "", R"({"id":)"}) {
        transport->then({.body = body});
        ASSERT_FALSE(get_site(board));
    }
    transport->then({.body = site_body});
    EXPECT_TRUE(get_site(board));
    EXPECT_TRUE(get_site(board));
    EXPECT_EQ(requests_sent(), 4U);
}

} // namespace
} // namespace fathom
