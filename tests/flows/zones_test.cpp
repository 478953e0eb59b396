// Days and hours of the site's zone, against the emulator's raw visits.
#include "emulated_service.hpp"
#include "zone_rules.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

class ZoneFlow : public InBothDialects {
protected:
    void SetUp() override {
        if (!zone_rules()->period_at("Europe/Berlin", sys_seconds{})) GTEST_SKIP() << "no rules of time zones here";
        ClientOptions options = client_options();
        options.time_zones = zone_rules();
        client = Client(std::move(options));
    }
    [[nodiscard]] static TimeZone berlin() { return TimeZone::find("Europe/Berlin", zone_rules()).value(); }
    /// One visit every quarter of an hour.
    void visit_every_quarter(sys_seconds from, sys_seconds until) {
        std::vector<testing::EmulatedPageviews> visits;
        for (sys_seconds at = from; at < until; at += 15min) visits.push_back({.at = at});
        emulator.add_pageviews(site.str(), visits);
    }
    [[nodiscard]] std::int64_t visits_in(const ReportRange& range) const {
        const auto report =
            client.aggregations().pageviews(site, {.aggregates = {PageviewMetric::visits}, .range = range});
        return report.value()[0].visits.value();
    }
};
FATHOM_IN_BOTH_DIALECTS(ZoneFlow);

TEST_P(ZoneFlow, HoursByTheClockMissNothingOnTheDaysWhenClocksChange) {
    for (const year_month_day day : {2025y / October / 26, 2026y / March / 29}) {
        const sys_seconds start = berlin().start_of(day);
        const sys_seconds end = berlin().first_at(local_days{day} + 24h);
        visit_every_quarter(start, end);
        std::int64_t visits = 0;
        for (hours hour{0}; hour < 24h; ++hour) {
            const local_seconds begin = local_days{day} + hour;
            const ReportRange window = half_open(begin, begin + 1h, berlin());
            const auto instants = window.instants().value();
            if (instants.from < instants.until) visits += visits_in(window);
        }
        EXPECT_EQ(visits, (end - start) / 15min);
    }
}

TEST_P(ZoneFlow, FillsTheHoursOfADayOf23Hours) {
    const year_month_day day = 2026y / March / 29;
    visit_every_quarter(berlin().start_of(day), berlin().start_of(2026y / March / 30));
    const auto report = client.aggregations().pageviews(
        site,
        {.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::hour, .range = between(day, day)});
    EXPECT_EQ(report.value().size(), 23U);
    EXPECT_EQ(report.value().fill_gaps_in(berlin()).value().size(), 23U);
}

TEST_P(ZoneFlow, CountsTheLastDaysOfTheSitesZone) {
    if (GetParam() == testing::Dialect::specification) GTEST_SKIP() << "which names no zone";
    const sys_seconds now = floor<seconds>(system_clock::now());
    const sys_seconds today = berlin().start_of(berlin().date_at(now));
    visit_every_quarter(today - days{8}, today + days{2}); // midnight may come between
    EXPECT_EQ(visits_in(last_full_days(1)), visits_in(yesterday()));
    EXPECT_GE(visits_in(yesterday()), 23 * 4);
    EXPECT_LE(visits_in(yesterday()), 25 * 4);
    EXPECT_EQ(emulator.request_count({.path_prefix = "/sites"}), 1U);
}

} // namespace
} // namespace fathom
