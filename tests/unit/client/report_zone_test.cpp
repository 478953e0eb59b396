// What the report of a client knows of the zone that its days are counted in.
#include "support/scripted_client.hpp"
#include "unit/zones/two_zones.hpp"

#include <fathom/async_client.hpp>

namespace fathom {
namespace {

using namespace std::chrono;

class ReportOfAClient : public ScriptedClient {
protected:
    ReportOfAClient() {
        transport->respond_with([](const HttpRequest& request) {
            const bool is_report = request.url.find("/aggregations") != std::string::npos;
            return testing::ScriptedAnswer{
                .body = is_report ? "[]" : R"({"id":"CDBUGS","name":"Shop","timezone":"Europe/Berlin"})"};
        });
        by_hour.range = between(spring_day, spring_day);
    }
    [[nodiscard]] ClientOptions zoned() const {
        ClientOptions with_zones = options();
        with_zones.time_zones = std::make_shared<TwoZones>();
        return with_zones;
    }

    const SiteId site{"CDBUGS"};
    const year_month_day spring_day = 2025y / March / 30; // of 23 hours in Berlin
    PageviewQuery by_hour{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::hour};
};

TEST_F(ReportOfAClient, KnowsTheZoneThatTheQueryNames) {
    by_hour.timezone = "Europe/Berlin";
    const auto report = Client(zoned()).aggregations().pageviews(site, by_hour).value();
    EXPECT_EQ(report.fill_gaps().value().size(), 23U);
    EXPECT_EQ(report.fill_days(spring_day, spring_day).value().size(), 23U);
}

TEST_F(ReportOfAClient, KnowsTheZoneOfASiteThatWasAskedForIt) {
    const Client client(zoned());
    ASSERT_TRUE(client.sites().time_zone(site));
    EXPECT_EQ(client.aggregations().pageviews(site, by_hour).value().fill_gaps().value().size(), 23U);
    const auto sold = client.aggregations().events(
        site, "Sold",
        {.aggregates = {EventMetric::value}, .date_grouping = DateGrouping::hour, .range = by_hour.range});
    EXPECT_EQ(sold.value().fill_gaps().value().size(), 23U);
}

TEST_F(ReportOfAClient, KnowsTheZoneWithoutWaiting) {
    by_hour.timezone = "Europe/Berlin";
    AsyncClient client(zoned());
    EXPECT_EQ(client.aggregations().pageviews(site, by_hour).get().value().fill_gaps().value().size(), 23U);
}

TEST_F(ReportOfAClient, KnowsTheZoneThatItsRangeIsCountedFromTodayIn) {
    by_hour.range = last_days(7);
    const Client client(zoned());
    const auto report = client.aggregations().pageviews(site, by_hour).value();
    EXPECT_EQ(report.fill_days(spring_day, spring_day).value().size(), 23U);
}

TEST_F(ReportOfAClient, PlacesInstantsInTheBucketsOfTheZone) {
    by_hour.timezone = "Europe/Berlin";
    by_hour.range = half_open(sys_days{spring_day} - 1h, sys_days{spring_day} + 22h);
    const auto filled = Client(zoned()).aggregations().pageviews(site, by_hour).value().fill_gaps();
    ASSERT_TRUE(filled) << filled.error();
    EXPECT_EQ(filled->size(), 23U);
    EXPECT_EQ((*filled)[0].time, local_days{spring_day});
}

TEST_F(ReportOfAClient, AsksForNoZoneByItself) {
    const auto report = Client(zoned()).aggregations().pageviews(site, by_hour).value();
    EXPECT_EQ(requests_sent(), 1U);
    EXPECT_EQ(report.fill_gaps().value().size(), 24U);
    const TimeZone berlin = TimeZone::find("Europe/Berlin", std::make_shared<TwoZones>()).value();
    EXPECT_EQ(report.fill_gaps_in(berlin).value().size(), 23U);
}

TEST_F(ReportOfAClient, KnowsTheZoneOfItsHistory) {
    const PageviewHistoryQuery query{.aggregates = {PageviewMetric::visits},
                                     .date_grouping = DateGrouping::hour,
                                     .timezone = "Europe/Berlin",
                                     .range = between(spring_day, spring_day)};
    const auto pieces = Client(zoned()).aggregations().history(site, query).collect();
    ASSERT_TRUE(pieces) << pieces.error();
    ASSERT_EQ(pieces->size(), 1U);
    EXPECT_EQ(pieces->front().report.fill_gaps().value().size(), 23U);
}

} // namespace
} // namespace fathom
