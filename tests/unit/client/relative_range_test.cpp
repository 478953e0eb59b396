// Ranges that are counted from today, by the clock of the transport.
#include "support/scripted_client.hpp"
#include "unit/zones/two_zones.hpp"

namespace fathom {
namespace {

using namespace std::chrono;
using namespace std::string_literals;

class RelativeRangeOfAClient : public ScriptedClient {
protected:
    RelativeRangeOfAClient() {
        transport->respond_with([this](const HttpRequest& request) {
            const bool is_report = request.url.find("/aggregations") != std::string::npos;
            return testing::ScriptedAnswer{.body = is_report ? "[]"s : site_answer, .latency = latency};
        });
    }
    [[nodiscard]] ClientOptions zoned() const {
        ClientOptions with_zones = options();
        with_zones.time_zones = std::make_shared<TwoZones>();
        return with_zones;
    }
    [[nodiscard]] std::string url(std::size_t request) const { return transport->requests().at(request).request.url; }
    /// The date in Berlin, as the transport's calendar has it.
    [[nodiscard]] year_month_day today_in_berlin() const {
        return TimeZone::find("Europe/Berlin", std::make_shared<TwoZones>())
            .value()
            .date_at(floor<seconds>(transport->calendar_now()));
    }

    const SiteId site{"CDBUGS"};
    const PageviewQuery last_week_by_day{
        .aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day, .range = last_days(7)};
    std::string site_answer = R"({"id":"CDBUGS","name":"Shop","timezone":"Europe/Berlin"})";
    milliseconds latency{0};
};

TEST_F(RelativeRangeOfAClient, AsksForTheZoneOnce) {
    const Client client(zoned());
    const auto first = client.aggregations().pageviews(site, last_week_by_day);
    ASSERT_TRUE(first) << first.error();
    const auto second = client.aggregations().pageviews(site, last_week_by_day);
    ASSERT_TRUE(second) << second.error();
    EXPECT_EQ(requests_sent(), 3U);
    EXPECT_NE(url(0).find("/sites/CDBUGS"), std::string::npos);
    EXPECT_EQ(client.sites().time_zone(site).value().name(), "Europe/Berlin");
    EXPECT_EQ(requests_sent(), 3U);
}

TEST_F(RelativeRangeOfAClient, IsOfTheDaysInTheReportingZone) {
    const Client client(zoned());
    const auto report = client.aggregations().pageviews(site, last_week_by_day).value();
    const auto days = report.query().range->days().value();
    EXPECT_EQ(days.last, today_in_berlin());
    EXPECT_EQ(local_days{days.last} - local_days{days.first}, std::chrono::days{6});
    EXPECT_EQ(report.fill_gaps().value().size(), 7U);
}

TEST_F(RelativeRangeOfAClient, IsTheSameQuestionAllDayLongForTheCache) {
    ClientOptions caching = zoned();
    caching.cache.fresh_for = hours{48};
    const Client client(caching);
    const auto sent_for_one_more = [&] {
        const std::size_t before = requests_sent();
        EXPECT_TRUE(client.aggregations().pageviews(site, last_week_by_day));
        return requests_sent() - before;
    };
    EXPECT_EQ(sent_for_one_more(), 2U);    // for the zone as well
    transport->advance(hours{22} + 59min); // it was one o'clock in Berlin
    EXPECT_EQ(sent_for_one_more(), 0U);
    transport->advance(1min);
    EXPECT_EQ(sent_for_one_more(), 1U);
}

TEST_F(RelativeRangeOfAClient, NeedsNoSiteWhereTheQueryNamesTheZone) {
    PageviewQuery query = last_week_by_day;
    query.timezone = "UTC";
    const Client client(options());
    ASSERT_TRUE(client.aggregations().pageviews(site, query));
    EXPECT_EQ(requests_sent(), 1U);
}

TEST_F(RelativeRangeOfAClient, SendsNothingForAQueryThatIsWrong) {
    const Client client(zoned());
    PageviewQuery query = last_week_by_day;
    query.range = last_days(0);
    EXPECT_EQ(client.aggregations().pageviews(site, query).error().fields.at(0).field, "range");
    query.range = last_days(8);
    query.date_grouping = DateGrouping::hour;
    EXPECT_EQ(client.aggregations().pageviews(site, query).error().fields.at(0).field, "date_grouping");
    EXPECT_EQ(requests_sent(), 0U);
}

TEST_F(RelativeRangeOfAClient, SendsNothingForMoreMonthsThanTheCalendarHas) {
    const Client client(zoned());
    for (const int months : {24'400, 786'433, 1'000'000}) {
        const ReportRange range = last_months(months);
        const PageviewQuery query{.aggregates = {PageviewMetric::visits}, .range = range};
        const PageviewHistoryQuery all{.aggregates = {PageviewMetric::visits}, .timezone = "UTC", .range = range};
        EXPECT_EQ(client.aggregations().pageviews(site, query).error().fields.at(0).field, "range") << months;
        EXPECT_EQ(client.aggregations().history(site, all).collect().error().fields.at(0).field, "range") << months;
    }
    EXPECT_EQ(requests_sent(), 0U);
}

TEST_F(RelativeRangeOfAClient, SaysThatTheServiceNamesNoZone) {
    site_answer = R"({"id":"CDBUGS","name":"Shop"})";
    const Client client(zoned());
    const auto report = client.aggregations().pageviews(site, last_week_by_day);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().fields.at(0).field, "timezone");
}

TEST_F(RelativeRangeOfAClient, AsksAgainAfterAnUpdateOfTheSite) {
    const Client client(zoned());
    ASSERT_TRUE(client.sites().time_zone(site));
    ASSERT_TRUE(client.sites().update(site, {.timezone = "UTC"}));
    site_answer = R"({"id":"CDBUGS","name":"Shop","timezone":"UTC"})";
    EXPECT_EQ(client.sites().time_zone(site).value().name(), "UTC");
}

TEST_F(RelativeRangeOfAClient, TakesNoLongerThanOneCallMay) {
    latency = 700ms;
    const Client client(zoned());
    const auto report = client.aggregations().pageviews(site, last_week_by_day, {.timeout = 1s});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::timeout);
    EXPECT_EQ(elapsed(), 1s);
}

TEST_F(RelativeRangeOfAClient, WorksWithoutWaiting) {
    AsyncClient client(zoned());
    const auto report = client.aggregations().pageviews(site, last_week_by_day).get();
    ASSERT_TRUE(report) << report.error();
    EXPECT_EQ(report->query().range->days().value().last, today_in_berlin());
    EXPECT_EQ(client.sites().time_zone(site).get().value().name(), "Europe/Berlin");
    EXPECT_EQ(requests_sent(), 2U);
}

} // namespace
} // namespace fathom
