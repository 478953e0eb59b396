// LimitNotice in virtual time.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/printed.hpp"
#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

using Told = std::optional<LimitWait>;

class LimitNotices : public ScriptedClient {
protected:
    LimitNotices() {
        transport->respond_with([](const auto&) { return testing::ScriptedAnswer{.body = R"({"total":4})"}; });
    }

    [[nodiscard]] static Future<CurrentVisitors> visitors(const AsyncClient& client, int number,
                                                          const CallOptions& options = {}) {
        return client.current_visitors().get(SiteId{"SITE" + std::to_string(number)}, options);
    }
    /// Uses up the limit of reports.
    void use_up() const {
        for (int i = 0; i < 10; ++i) ASSERT_TRUE(visitors(client, i).get());
    }

    EventLoopClient client{options()};
    std::shared_ptr<LimitNotice> notice = std::make_shared<LimitNotice>();
};

TEST_F(LimitNotices, TellWhenTheCallWillGoAsItBeginsToWait) {
    use_up();
    const auto calendar = transport->calendar_now();
    std::optional<Told> told;
    notice->wait().then([&](Result<Told> wait) { told = wait.value(); }).detach();
    Future<CurrentVisitors> call = visitors(client, 11, {.limit_notice = notice});
    client.process();
    ASSERT_TRUE(told && *told);
    EXPECT_EQ(**told, (LimitWait{.expected = 61s, .expected_until = calendar + 61s}));
    EXPECT_FALSE(call.is_ready());
    EXPECT_TRUE(call.get());
    EXPECT_EQ(elapsed(), 61s);
}

TEST_F(LimitNotices, TellThatNoCallWasGivenOneThatIsDropped) {
    Future<Told> wait = notice->wait();
    notice.reset();
    ASSERT_TRUE(wait.is_ready());
    EXPECT_EQ(wait.get().value(), std::nullopt);
}

TEST_F(LimitNotices, EndTheWaitForThemWhereThatIsCancelledAndNotTheCall) {
    Future<Told> wait = notice->wait();
    Future<CurrentVisitors> call = visitors(client, 1, {.limit_notice = notice});
    wait.cancel();
    ASSERT_TRUE(wait.is_ready());
    EXPECT_EQ(wait.get().error().kind, ErrorKind::cancelled);
    EXPECT_TRUE(call.get());
}

TEST_F(LimitNotices, EndWithAHistoryThatIsRefused) {
    const PageviewHistoryQuery upside_down{.range = between(2026y / 11 / 2, 2026y / 11 / 1)};
    Future<Told> wait = notice->wait();
    auto walk = client.aggregations().history(SiteId{"CDBUGS"}, upside_down, {.call = {.limit_notice = notice}});
    EXPECT_FALSE(walk.next_page().get());
    ASSERT_TRUE(wait.is_ready());
    EXPECT_EQ(wait.get().value(), std::nullopt);
    const auto other = std::make_shared<LimitNotice>();
    Future<Told> told = other->wait();
    EXPECT_FALSE(client.blocking()
                     .aggregations()
                     .history(SiteId{"CDBUGS"}, upside_down, {.call = {.limit_notice = other}})
                     .collect());
    EXPECT_TRUE(told.is_ready());
}

TEST_F(LimitNotices, TellOfAReportWhoseZoneIsAskedForBefore) {
    use_up();
    transport->then({.body = R"({"id":"CDBUGS","name":"Shop","timezone":"UTC"})"}).then({.body = "[]"});
    Future<PageviewReport> call = client.aggregations().pageviews(
        SiteId{"CDBUGS"}, {.aggregates = {PageviewMetric::visits}, .range = last_days(7)}, {.limit_notice = notice});
    const Told told = notice->wait().get().value();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->expected, 61s);
    EXPECT_TRUE(call.get());
}

TEST_F(LimitNotices, TellNothingOfWhatNeedsNoRequest) {
    const SiteId site{"CDBUGS"};
    const auto expect_told = [&](const char* what, auto make) {
        const CallOptions noticed{.limit_notice = std::make_shared<LimitNotice>()};
        make(noticed);
        Future<Told> wait = noticed.limit_notice->wait();
        ASSERT_TRUE(wait.is_ready()) << what;
        EXPECT_EQ(wait.get().value(), std::nullopt) << what;
    };
    const PageviewQuery without_metric{.range = today()};
    const PageviewQuery mistyped{.aggregates = {PageviewMetric::visits}, .timezone = "Europe/Belin", .range = today()};
    const RawRequest no_path{.path = ""};
    const Client blocking = client.blocking();
    expect_told("a flaw",
                [&](const auto& with) { client.aggregations().pageviews(site, without_metric, with).detach(); });
    expect_told("a flaw",
                [&](const auto& with) { std::ignore = blocking.aggregations().pageviews(site, without_metric, with); });
    expect_told("no zone", [&](const auto& with) { client.aggregations().pageviews(site, mistyped, with).detach(); });
    expect_told("no zone",
                [&](const auto& with) { std::ignore = blocking.aggregations().pageviews(site, mistyped, with); });
    expect_told("no path", [&](const auto& with) { client.request(no_path, with).detach(); });
    expect_told("no path", [&](const auto& with) { std::ignore = blocking.request(no_path, with); });

    transport->then({.body = R"({"id":"CDBUGS","name":"Shop","timezone":"UTC"})"});
    ASSERT_TRUE(blocking.sites().time_zone(site));
    expect_told("a zone that is kept", [&](const auto& with) { client.sites().time_zone(site, with).detach(); });
    expect_told("a zone that is kept", [&](const auto& with) { std::ignore = blocking.sites().time_zone(site, with); });

    EventLoopClient moved = std::move(client);
    expect_told("no client",
                [&](const auto& with) { client.sites().get(site, with).detach(); }); // NOLINT(bugprone-use-after-move)
    client = std::move(moved);
}

TEST_F(LimitNotices, CountTheCallsAhead) {
    use_up();
    std::vector<Future<CurrentVisitors>> ahead;
    for (int i = 20; i < 30; ++i) ahead.push_back(visitors(client, i));
    Future<CurrentVisitors> last = visitors(client, 30, {.timeout = 1h, .limit_notice = notice});
    const Told told = notice->wait().get().value();
    ASSERT_TRUE(told);
    EXPECT_GE(told->expected, 2 * 61s - 1s);
    EXPECT_TRUE(last.get());
}

TEST_F(LimitNotices, TellNothingOfACallThatDoesNotWait) {
    transport->then({.body = R"({"total":4})", .latency = 40ms});
    Future<CurrentVisitors> call = visitors(client, 1, {.limit_notice = notice});
    Future<Told> wait = notice->wait();
    client.process();
    EXPECT_FALSE(wait.is_ready()); // it may be refused, and wait then
    EXPECT_TRUE(call.get());
    EXPECT_EQ(wait.get().value(), std::nullopt);
}

TEST_F(LimitNotices, TellOfAWaitAfterARefusal) {
    transport->then({.status = 429, .headers = {{"Retry-After", "30"}}});
    Future<CurrentVisitors> call = visitors(client, 1, {.limit_notice = notice});
    const Told told = notice->wait().get().value();
    ASSERT_TRUE(told);
    EXPECT_GE(told->expected, 30s);
    EXPECT_TRUE(call.get());
}

TEST_F(LimitNotices, TellOfTheCallWhoseAnswerIsShared) {
    use_up();
    Future<CurrentVisitors> leader = visitors(client, 11);
    Future<CurrentVisitors> follower = visitors(client, 11, {.limit_notice = notice});
    const Told told = notice->wait().get().value();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->expected, 61s);
    EXPECT_TRUE(follower.get());
    EXPECT_EQ(requests_sent(), 11U);
}

TEST_F(LimitNotices, EndWithCallsThatAreRefused) {
    EXPECT_FALSE(client.current_visitors().get(SiteId{""}, {.limit_notice = notice}).get());
    EXPECT_EQ(notice->wait().get().value(), std::nullopt);

    const auto second = std::make_shared<LimitNotice>();
    EXPECT_FALSE(visitors(client, 1, {.timeout = -1s, .limit_notice = second}).get());
    EXPECT_EQ(second->wait().get().value(), std::nullopt);
}

TEST_F(LimitNotices, WorkForBlockingCalls) {
    const auto other_transport = std::make_shared<testing::ScriptedTransport>();
    other_transport->respond_with([](const auto&) { return testing::ScriptedAnswer{.body = R"({"total":4})"}; });
    const Client blocking({.api_key = "key", .transport = other_transport});
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(get_visitors(blocking));
    EXPECT_TRUE(get_visitors(blocking, {.limit_notice = notice}));
    const Told told = notice->wait().get().value();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->expected, 61s);
}

TEST(PrintingLimitWaits, WritesThemAsJson) {
    EXPECT_EQ(printed(LimitWait{.expected = 1500ms,
                                .expected_until = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}}),
              R"({"expected":1.5,"expected_until":"2026-06-01T00:00:00Z"})");
}

} // namespace
} // namespace fathom
