// What a client makes of a history, in virtual time.
#include "support/scripted_client.hpp"
#include "unit/zones/two_zones.hpp"

#include <optional>
#include <stop_token>
#include <string>

namespace fathom {
namespace {

using namespace std::chrono;

class HistoryOfAClient : public ScriptedClient {
protected:
    HistoryOfAClient() {
        transport->respond_with([](const HttpRequest& request) {
            const bool is_report = request.url.find("/aggregations") != std::string::npos;
            return testing::ScriptedAnswer{.body = is_report ? "[]" : R"({"total":1})"};
        });
    }
    [[nodiscard]] sys_seconds now() const { return floor<seconds>(transport->calendar_now()); }

    const SiteId site{"CDBUGS"};
    PageviewHistoryQuery query{.aggregates = {PageviewMetric::visits}, .timezone = "Pacific/Apia"};
};

TEST_F(HistoryOfAClient, TakesTheDayThatHasBegunInTheEastOnly) {
    ClientOptions zoned = options();
    zoned.time_zones = std::make_shared<TwoZones>();
    const Client client(zoned);
    const year_month_day today = TimeZone::find("Pacific/Apia", zoned.time_zones).value().date_at(now());
    query.range = between(today, today);
    const auto pieces = client.aggregations().history(site, query).collect();
    ASSERT_TRUE(pieces) << pieces.error();
    ASSERT_EQ(pieces->size(), 1U);
    EXPECT_FALSE(pieces->front().is_over);
    query.range = between(year_month_day{local_days{today} + days{2}}, year_month_day{local_days{today} + days{3}});
    EXPECT_EQ(client.aggregations().history(site, query).collect().error().fields.at(0).field, "range");
}

TEST_F(HistoryOfAClient, RefusesTheDayThatHasNotBegunInItsZone) {
    const Client client(options());
    query.timezone = "UTC"; // where it is tomorrow, and today in the east
    const local_days tomorrow = local_days{floor<days>(now()).time_since_epoch()} + days{1};
    transport->advance(sys_days{tomorrow.time_since_epoch()} - 1h - now());
    query.range = between(tomorrow, tomorrow + days{2});
    const auto pieces = client.aggregations().history(site, query).collect();
    ASSERT_FALSE(pieces);
    EXPECT_EQ(pieces.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(pieces.error().fields.at(0).field, "range");
    EXPECT_EQ(requests_sent(), 0U);
}

TEST_F(HistoryOfAClient, GoesOnThroughAnOutageOfTenMinutes) {
    const auto end = transport->now() + 10min;
    transport->respond_with([this, end](const HttpRequest&) {
        const bool is_down = transport->now() < end;
        return testing::ScriptedAnswer{.status = is_down ? 503 : 200, .body = is_down ? "" : "[]"};
    });
    query.timezone = "UTC";
    query.range = last_full_days(3);
    const auto pieces = Client(options()).aggregations().history(site, query).collect();
    ASSERT_TRUE(pieces) << pieces.error();
    EXPECT_EQ(pieces->size(), 1U);
}

/// What a history waits for when it is told to stop.
enum class Wait { answer, pause, turn };

class StoppedHistory : public HistoryOfAClient, public ::testing::WithParamInterface<Wait> {};

TEST_P(StoppedHistory, EndsWithinFiftyMilliseconds) {
    if (GetParam() == Wait::answer) transport->then({.body = "[]", .latency = 30s});
    if (GetParam() == Wait::pause) transport->then({.status = 503, .headers = {{"Retry-After", "60"}}});
    const Client client(options());
    if (GetParam() == Wait::turn) {
        for (int i = 0; i < 10; ++i) ASSERT_TRUE(client.current_visitors().get(SiteId("X" + std::to_string(i))));
    }
    std::stop_source stop;
    std::optional<Clock::time_point> stopped;
    const auto stop_at = transport->now() + 5s;
    transport->on_time([&](Clock::time_point time) {
        if (!stopped && time >= stop_at && stop.request_stop()) stopped = time;
    });
    query.timezone = "UTC";
    query.range = last_full_days(3);
    const auto pieces = client.aggregations().history(site, query, {.call = {.stop = stop.get_token()}}).collect();
    ASSERT_FALSE(pieces);
    EXPECT_EQ(pieces.error().kind, ErrorKind::cancelled);
    ASSERT_TRUE(stopped);
    EXPECT_LE(transport->now() - *stopped, 50ms);
}

INSTANTIATE_TEST_SUITE_P(Waits, StoppedHistory, ::testing::Values(Wait::answer, Wait::pause, Wait::turn));

/// By days, 180 of them a request.
class TimeLeftOfAHistory : public HistoryOfAClient {
protected:
    TimeLeftOfAHistory() { query.timezone = "UTC"; }
    [[nodiscard]] HistoryProgress after_first_of(int requests) {
        query.range = last_full_days(180 * requests);
        auto history = client.aggregations().history(site, query);
        return (*history.begin()).value().progress;
    }

    const Client client{options()};
};

TEST_F(TimeLeftOfAHistory, IsNoneWhilePermitsAreFree) {
    const HistoryProgress progress = after_first_of(10);
    EXPECT_DOUBLE_EQ(progress.part_done, 0.1);
    EXPECT_EQ(progress.requests_made, 1);
    EXPECT_EQ(progress.requests_to_come, 9);
    EXPECT_EQ(progress.time_left, 0s);
}

TEST_F(TimeLeftOfAHistory, LastsUntilTheLastRequestHasAPermit) {
    const HistoryProgress progress = after_first_of(30);
    EXPECT_EQ(progress.requests_to_come, 29);
    EXPECT_EQ(progress.time_left, 2 * 61s); // nine at once, then ten after each window and its margin
}

TEST_F(TimeLeftOfAHistory, IsWhatTheWalkTakes) {
    query.range = last_full_days(180 * 25);
    std::optional<seconds> told;
    std::optional<Clock::time_point> told_at;
    for (const auto& piece : client.aggregations().history(site, query)) {
        ASSERT_TRUE(piece) << piece.error();
        if (!told) {
            told = piece->progress.time_left;
            told_at = transport->now();
        }
    }
    ASSERT_TRUE(told);
    EXPECT_EQ(round<seconds>(transport->now() - *told_at), *told);
}

TEST_F(TimeLeftOfAHistory, CountsWhatOthersHaveUsedOfTheLimit) {
    for (int i = 0; i < 9; ++i) ASSERT_TRUE(client.current_visitors().get(SiteId("X" + std::to_string(i))));
    EXPECT_EQ(after_first_of(2).time_left, 61s);
}

TEST_F(TimeLeftOfAHistory, KeepsToThePaceThatTheClientHasLearnt) {
    for (int i = 0; i < 3; ++i) transport->then({.status = 429}); // although nine and more permits are free
    ASSERT_TRUE(client.current_visitors().get(SiteId("X"), {.timeout = 1h, .retry = RetryPolicy{.max_attempts = 9}}));
    const HistoryProgress progress = after_first_of(6);
    const auto pace = static_cast<std::int64_t>(client.quota().reports.pace.requests);
    ASSERT_LT(pace, 10);
    EXPECT_EQ(progress.requests_to_come, 5);
    EXPECT_GE(progress.time_left, 4 * 60s / pace);
}

} // namespace
} // namespace fathom
