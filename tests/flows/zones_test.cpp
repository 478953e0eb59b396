// Days and hours of the site's zone, against the emulator's raw visits.
#include "emulated_service.hpp"
#include "zone_rules.hpp"

#include <map>
#include <string>

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

/// Fifty visits at half past and on the hour, each of a path of its own.
class AutumnDay : public ZoneFlow {
protected:
    void SetUp() override {
        ZoneFlow::SetUp();
        if (IsSkipped()) return;
        std::vector<testing::EmulatedPageviews> visits;
        for (int i = 0; i < 50; ++i) {
            const sys_seconds at = berlin().start_of(day) + i * 30min;
            visits.push_back({.at = at, .traits = {.pathname = "/" + std::to_string(i)}});
        }
        emulator.add_pageviews(site.str(), visits);
    }
    [[nodiscard]] PageviewReport report(const PageviewQuery& query) const {
        return client.aggregations().pageviews(site, query).value();
    }

    const year_month_day day = 2025y / October / 26;
};
FATHOM_IN_BOTH_DIALECTS(AutumnDay);

TEST_P(AutumnDay, HasAllItsVisitsInItsHours) {
    const auto hours = report(
        {.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::hour, .range = between(day, day)});
    EXPECT_EQ(hours.size(), 24U);
    std::int64_t visits = 0;
    for (const PageviewRow& row : hours) {
        visits += row.visits.value();
        EXPECT_EQ(row.visits, *row.time == local_days{day} + 2h ? 4 : 2) << row;
    }
    EXPECT_EQ(visits, 50);
}

TEST_P(AutumnDay, HasEachVisitInOneOfTheWindowsByTheClock) {
    for (const minutes length : {30min, 60min, 180min}) {
        std::map<std::string, std::int64_t> visits;
        for (minutes begin{0}; begin < 24h; begin += length) {
            const local_seconds from = local_days{day} + begin;
            const auto paths = report({.aggregates = {PageviewMetric::visits},
                                       .field_grouping = Field::pathname,
                                       .range = half_open(from, from + length, berlin())});
            for (const PageviewRow& row : paths) {
                visits[std::string(row.fields[Field::pathname])] += row.visits.value();
            }
        }
        EXPECT_EQ(visits.size(), 50U) << length.count();
        for (const auto& [path, times] : visits) EXPECT_EQ(times, 1) << path << " by " << length.count();
    }
}

TEST_P(AutumnDay, HasEachVisitInOneOfTheDaysSideBySide) {
    std::int64_t visits = 0;
    for (const days from_then : {days{-1}, days{0}, days{1}}) {
        const year_month_day each{local_days{day} + from_then};
        for (const PageviewRow& row : report({.aggregates = {PageviewMetric::visits}, .range = between(each, each)})) {
            visits += row.visits.value_or(0);
        }
    }
    EXPECT_EQ(visits, 50);
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
