// Days and hours where clocks change by half an hour, at midnight, twice as far or by a whole day: no visit is missed, and
// none is counted twice.
#include "emulated_service.hpp"
#include "zone_rules.hpp"

#include <set>

namespace fathom {
namespace {

using namespace std::chrono;

/// A zone, and a day on which its clocks may change.
struct Change {
    const char* zone;
    year_month_day day;
};

std::ostream& operator<<(std::ostream& out, const Change& change) {
    return out << change.zone << ' ' << int{change.day.year()} << '-' << unsigned{change.day.month()} << '-'
               << unsigned{change.day.day()};
}

class UnusualZone : public EmulatedService, public ::testing::WithParamInterface<Change> {
protected:
    void SetUp() override {
        if (!zone_rules()->period_at(GetParam().zone, sys_seconds{})) GTEST_SKIP() << "no rules of time zones here";
        ClientOptions options = client_options();
        options.time_zones = zone_rules();
        client = Client(std::move(options));
        zone = TimeZone::find(GetParam().zone, zone_rules());
        std::vector<testing::EmulatedPageviews> visits;
        for (sys_seconds at = zone->value().first_at(first); at < zone->value().first_at(behind); at += 15min) {
            visits.push_back({.at = at});
        }
        all = static_cast<std::int64_t>(visits.size());
        emulator.add_pageviews(site.str(), visits);
    }
    [[nodiscard]] PageviewReport report(const ReportRange& range, std::optional<DateGrouping> grouping = {}) const {
        return client.aggregations()
            .pageviews(site, {.aggregates = {PageviewMetric::pageviews},
                              .date_grouping = grouping,
                              .timezone = GetParam().zone,
                              .range = range})
            .value();
    }
    static std::int64_t sum_of(const PageviewReport& report) {
        std::int64_t sum = 0;
        for (const PageviewRow& row : report) sum += row.pageviews.value();
        return sum;
    }

    const local_days first = local_days{GetParam().day} - days{2};
    const local_days behind = local_days{GetParam().day} + days{3};
    Client client{client_options()};
    std::optional<Result<TimeZone>> zone{};
    std::int64_t all = 0;
};

TEST_P(UnusualZone, HasEachVisitInOneDay) {
    EXPECT_EQ(sum_of(report(between(first, behind - days{1}))), all);
    std::int64_t by_day = 0;
    for (local_days day = first; day < behind; day += days{1}) {
        if (zone->value().skips(day, day + 24h)) continue;
        by_day += sum_of(report(between(day, day)));
    }
    EXPECT_EQ(by_day, all);
}

TEST_P(UnusualZone, HasEachVisitInTheHistoryOfOneDay) {
    std::int64_t sum = 0;
    for (local_days day = first; day < behind; day += days{1}) {
        if (zone->value().skips(day, day + 24h)) continue;
        for (const auto& piece : client.aggregations().history(site, {.aggregates = {PageviewMetric::pageviews},
                                                                      .date_grouping = DateGrouping::hour,
                                                                      .timezone = GetParam().zone,
                                                                      .range = between(day, day)})) {
            ASSERT_TRUE(piece) << piece.error();
            sum += sum_of(piece->report);
        }
    }
    EXPECT_EQ(sum, all);
}

TEST_P(UnusualZone, HasEachVisitInOneHourByTheClock) {
    std::int64_t by_hour = 0;
    for (local_seconds hour = first; hour < behind; hour += 1h) {
        const ReportRange window = half_open(hour, hour + 1h, zone->value());
        const auto instants = window.instants().value();
        if (instants.from < instants.until) by_hour += sum_of(report(window));
    }
    EXPECT_EQ(by_hour, all);
}

TEST_P(UnusualZone, HasEachHourOnceWhenGapsAreFilled) {
    const auto hours = report(between(first, behind - days{1}), DateGrouping::hour).fill_gaps_in(zone->value());
    ASSERT_TRUE(hours) << hours.error();
    EXPECT_EQ(sum_of(*hours), all);
    std::set<local_seconds> seen;
    for (const PageviewRow& row : *hours) {
        EXPECT_TRUE(seen.insert(*row.time).second) << row;
        EXPECT_GT(row.pageviews, 0) << "an hour that the clocks skip: " << row;
    }
}

TEST_P(UnusualZone, HasEachHourBetweenTwoInstantsWhenGapsAreFilled) {
    const TimeZone here = zone->value();
    for (sys_seconds from = here.first_at(local_days{GetParam().day}) - 2h; from < here.first_at(behind);
         from += 30min) {
        const sys_seconds until = from + 5h;
        std::set<local_seconds> shown;
        for (sys_seconds at = from; at < until; at += 15min) shown.insert(floor<hours>(here.to_local(at)));
        PageviewQuery query{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::hour};
        query.range = half_open(from, until);
        std::set<local_seconds> filled;
        for (const PageviewRow& row : PageviewReport(query, {}).fill_gaps_in(here).value()) filled.insert(*row.time);
        EXPECT_EQ(filled, shown) << from.time_since_epoch();
    }
}

TEST_P(UnusualZone, HasAWholeHistory) {
    for (const DateGrouping grouping : {DateGrouping::hour, DateGrouping::day}) {
        std::int64_t sum = 0;
        std::set<local_seconds> seen;
        for (const auto& piece : client.aggregations().history(site, {.aggregates = {PageviewMetric::pageviews},
                                                                      .date_grouping = grouping,
                                                                      .timezone = GetParam().zone,
                                                                      .range = between(first, behind - days{1})})) {
            ASSERT_TRUE(piece) << piece.error();
            sum += sum_of(piece->report);
            for (const PageviewRow& row : piece->report) EXPECT_TRUE(seen.insert(*row.time).second) << row;
        }
        EXPECT_EQ(sum, all);
    }
}

TEST_P(UnusualZone, HasAWholeHistoryOfBusyHours) {
    std::vector<testing::EmulatedPageviews> busy;
    const sys_seconds midnight = zone->value().first_at(local_days{GetParam().day});
    for (sys_seconds at = midnight - 2h; at < midnight + 5h; at += 30min) {
        for (int i = 0; i < 1'001; ++i) busy.push_back({.at = at, .traits = {.pathname = "/" + std::to_string(i)}});
    }
    emulator.add_pageviews(site.str(), busy);
    std::int64_t sum = 0;
    std::set<std::pair<local_seconds, std::string>> seen;
    local_seconds given_until = first;
    for (const auto& piece : client.aggregations().history(site, {.aggregates = {PageviewMetric::pageviews},
                                                                  .date_grouping = DateGrouping::hour,
                                                                  .field_grouping = Field::pathname,
                                                                  .timezone = GetParam().zone,
                                                                  .range = between(first, behind - days{1})})) {
        ASSERT_TRUE(piece) << piece.error();
        EXPECT_EQ(piece->from, given_until);
        given_until = piece->until;
        sum += sum_of(piece->report);
        for (const PageviewRow& row : piece->report) {
            EXPECT_TRUE(seen.emplace(*row.time, std::string(row.fields[Field::pathname])).second) << row;
        }
    }
    EXPECT_EQ(given_until, behind);
    EXPECT_EQ(sum, all + static_cast<std::int64_t>(busy.size()));
}

INSTANTIATE_TEST_SUITE_P(Changes, UnusualZone,
                         ::testing::Values(Change{"Asia/Kolkata", 2026y / March / 29},       // no change, half an hour
                                           Change{"Asia/Kathmandu", 2026y / January / 31},   // three quarters
                                           Change{"America/St_Johns", 2026y / November / 1}, // half an hour, back
                                           Change{"Australia/Lord_Howe", 2026y / April / 5}, // by half an hour, back
                                           Change{"Australia/Lord_Howe", 2026y / October / 4}, // and on
                                           Change{"America/Sao_Paulo", 2018y / November / 4},  // midnight is skipped
                                           Change{"America/Sao_Paulo", 2018y / February / 18}, // back before midnight
                                           Change{"Asia/Beirut", 2025y / October / 25},        // the same, today
                                           Change{"America/Havana", 2026y / November / 1},     // midnight comes twice
                                           Change{"Europe/Berlin", 2026y / March / 29},        // an hour is skipped
                                           Change{"Europe/Berlin", 2025y / October / 26},      // an hour comes twice
                                           Change{"Pacific/Chatham", 2026y / April / 5},     // back over an hour's edge
                                           Change{"Antarctica/Troll", 2026y / October / 25}, // the same, by two hours
                                           Change{"Antarctica/Troll", 2026y / March / 29},   // by two hours
                                           Change{"Pacific/Apia", 2011y / December / 30},    // a day is skipped
                                           Change{"Europe/Dublin", 2024y / February / 29})); // a leap day

} // namespace
} // namespace fathom
