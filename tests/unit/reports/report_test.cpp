#include <fathom/report.hpp>

#include <gtest/gtest.h>

#include "../zones/two_zones.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

constexpr local_days january(unsigned number) { return local_days{2024y / January / day{number}}; }

PageviewRow visits(local_seconds time, std::int64_t count) { return {.time = time, .visits = count}; }

const PageviewQuery daily{.aggregates = {PageviewMetric::visits, PageviewMetric::bounce_rate},
                          .date_grouping = DateGrouping::day,
                          .date_from = january(1),
                          .date_to = january(4)};

/// The time and visits of each row.
std::vector<std::pair<local_seconds, std::int64_t>> summary(const PageviewReport& report) {
    std::vector<std::pair<local_seconds, std::int64_t>> rows;
    for (const PageviewRow& row : report) rows.emplace_back(row.time.value(), row.visits.value());
    return rows;
}

TEST(RowLimit, IsWhatWasAsked) { EXPECT_EQ(PageviewReport({.aggregates = {}, .limit = 7}, {}).row_limit(), 7U); }

TEST(RowLimit, IsFiveHundredOfAGroupedReport) {
    EXPECT_EQ(PageviewReport({.aggregates = {}, .field_grouping = Field::city}, {}).row_limit(), 500U);
    EXPECT_EQ(PageviewReport({.aggregates = {}, .date_grouping = DateGrouping::day}, {}).row_limit(), 500U);
}

TEST(RowLimit, IsNoneOfASingleRow) { EXPECT_EQ(PageviewReport({.aggregates = {}}, {}).row_limit(), std::nullopt); }

TEST(PossiblyTruncated, HoldsFromTheLimitOn) {
    const PageviewQuery query{.aggregates = {}, .field_grouping = Field::city, .limit = 2};
    EXPECT_FALSE(PageviewReport(query, {{}}).possibly_truncated());
    EXPECT_TRUE(PageviewReport(query, {{}, {}}).possibly_truncated());
}

TEST(FillGaps, AddsTheBucketsOfTheRangeThatAreMissing) {
    const PageviewReport report(daily, {visits(january(2), 5)});
    EXPECT_EQ(summary(report.fill_gaps().value()),
              (std::vector<std::pair<local_seconds, std::int64_t>>{
                  {january(1), 0}, {january(2), 5}, {january(3), 0}, {january(4), 0}}));
}

TEST(FillGaps, LeavesMeansOfNothingEmpty) {
    const auto filled = PageviewReport(daily, {}).fill_gaps().value();
    EXPECT_EQ(filled[0].visits, 0);
    EXPECT_EQ(filled[0].bounce_rate, std::nullopt);
    EXPECT_EQ(filled[0].uniques, std::nullopt);
}

TEST(FillGaps, FillsAnEmptyReport) { EXPECT_EQ(PageviewReport(daily, {}).fill_gaps().value().size(), 4U); }

TEST(FillGaps, RefusesARangeThatIsNone) {
    PageviewQuery query{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day};
    for (const ReportRange& range :
         {between(2026y / June / 3, 2026y / June / 1), between(2026y / February / 30, 2026y / March / 31)}) {
        query.range = range;
        const auto filled = PageviewReport(query, {}).fill_gaps();
        ASSERT_FALSE(filled);
        EXPECT_EQ(filled.error().kind, ErrorKind::invalid_argument);
    }
}

TEST(FillGaps, PutsRowsInOrderOfTime) {
    const PageviewReport report(daily, {visits(january(3), 3), visits(january(1), 1)});
    const auto filled = report.fill_gaps().value();
    EXPECT_EQ(filled[0].visits, 1);
    EXPECT_EQ(filled[2].visits, 3);
}

TEST(FillGaps, PutsTheLatestFirstIfThatWasAsked) {
    PageviewQuery query = daily;
    query.sort_by = descending(time_bucket);
    EXPECT_EQ(PageviewReport(query, {}).fill_gaps().value()[0].time, january(4));
}

TEST(FillGaps, TakesInstantsWhereTheZoneIsUtc) {
    PageviewQuery query = daily;
    query.timezone = "UTC";
    query.date_from = sys_days{2024y / January / 1};
    query.date_to = sys_days{2024y / January / 3};
    EXPECT_EQ(PageviewReport(query, {}).fill_gaps().value().size(), 3U);
}

TEST(FillGaps, TakesTheOtherNamesOfUtc) {
    PageviewQuery query = daily;
    query.timezone = "GMT";
    query.date_from = sys_days{2024y / January / 1};
    query.date_to = sys_days{2024y / January / 30};
    EXPECT_EQ(PageviewReport(query, {}).fill_gaps().value().size(), 30U);
}

TEST(FillGaps, RefusesInstantsOfAZoneWithoutRules) {
    for (const std::optional<std::string>& zone :
         {std::optional<std::string>(), std::optional<std::string>("Europe/Berlin")}) {
        PageviewQuery query = daily;
        query.timezone = zone;
        query.date_from = sys_days{2024y / January / 1};
        query.date_to = sys_days{2024y / January / 9};
        for (const std::vector<PageviewRow>& rows : {std::vector<PageviewRow>{}, {visits(january(2), 1)}}) {
            const auto filled = PageviewReport(query, rows).fill_gaps();
            ASSERT_FALSE(filled);
            EXPECT_EQ(filled.error().fields[0].field, "timezone");
        }
    }
}

TEST(FillGaps, RefusesARangeWhoseLastBucketIsNotKnown) {
    PageviewQuery query = daily;
    query.date_to.reset();
    const auto filled = PageviewReport(query, {visits(january(2), 1)}).fill_gaps();
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().fields[0].field, "date_to");
}

TEST(FillGaps, BeginsWithTheFirstRowWhereNoStartWasSet) {
    PageviewQuery query = daily;
    query.date_from.reset();
    const PageviewReport report(query, {visits(january(3), 1), visits(january(2), 1)});
    EXPECT_EQ(report.fill_gaps().value().size(), 3U);
}

TEST(FillGaps, RefusesToBeginNowhere) {
    PageviewQuery query = daily;
    query.date_from.reset();
    const PageviewReport report(query, {});
    const auto filled = report.fill_gaps();
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().fields[0].field, "date_from");
    EXPECT_NE(filled.error().message.find("fill_days(first, last)"), std::string::npos) << filled.error();
    EXPECT_EQ(report.fill_days(2024y / January / 1, 2024y / January / 9).value().size(), 9U);
}

TEST(FillGaps, TakesTheDaysOfTheRangeInAnyZone) {
    PageviewQuery query{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day};
    query.timezone = "Europe/Berlin";
    query.range = between(2024y / June / 1, 2024y / June / 30);
    EXPECT_EQ(PageviewReport(query, {}).fill_gaps().value().size(), 30U);
}

TEST(FillGaps, TakesDaysThatAreNamed) {
    PageviewQuery query = daily;
    query.date_from = sys_days{2024y / January / 1};
    query.date_to = sys_days{2024y / January / 9};
    const PageviewReport report(query, {visits(january(2), 1), visits(january(5), 1)});
    EXPECT_EQ(report.fill_days(2024y / January / 1, 2024y / January / 9).value().size(), 9U);
    EXPECT_FALSE(report.fill_days(2024y / January / 9, 2024y / January / 1));
    EXPECT_FALSE(report.fill_days(2024y / February / 30, 2024y / March / 1));
}

TEST(FillGaps, FillsTheHoursOfDays) {
    PageviewQuery query{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::hour};
    query.range = between(2024y / January / 1, 2024y / January / 2);
    EXPECT_EQ(PageviewReport(query, {visits(january(1) + 5h, 3)}).fill_gaps().value().size(), 48U);
}

TEST(FillGaps, KeepsRowsOutsideOfTheRangeWithoutFillingUpToThem) {
    const local_days far_ahead{4046y / January / 1};
    const PageviewReport report(daily, {visits(far_ahead, 7), visits(local_days{1y / January / 1}, 8)});
    const auto filled = report.fill_gaps().value();
    ASSERT_EQ(filled.size(), 6U);
    EXPECT_EQ(filled[0].visits, 8);
    EXPECT_EQ(filled[5].time, far_ahead);
}

TEST(FillGaps, GivesEachGroupItsBuckets) {
    PageviewQuery query = daily;
    query.field_grouping = Field::country_code;
    PageviewRow german = visits(january(1), 1);
    german.fields = {{Field::country_code, "DE"}};
    PageviewRow french = visits(january(4), 2);
    french.fields = {{Field::country_code, "FR"}};
    const auto filled = PageviewReport(query, {german, french}).fill_gaps().value();
    ASSERT_EQ(filled.size(), 8U);
    EXPECT_EQ(filled[0].fields[Field::country_code], "DE");
    EXPECT_EQ(filled[0].visits, 1);
    EXPECT_EQ(filled[1].fields[Field::country_code], "FR");
    EXPECT_EQ(filled[1].visits, 0);
    EXPECT_EQ(filled[7].visits, 2);
}

TEST(FillGaps, KnowsMonths) {
    PageviewQuery query = daily;
    query.date_grouping = DateGrouping::month;
    query.date_from = local_days{2023y / November / 15};
    const auto filled = PageviewReport(query, {}).fill_gaps().value();
    ASSERT_EQ(filled.size(), 3U);
    EXPECT_EQ(filled[0].time, local_days{2023y / November / 1});
    EXPECT_EQ(filled[2].time, local_days{2024y / January / 1});
}

TEST(FillGaps, KnowsYears) {
    PageviewQuery query = daily;
    query.date_grouping = DateGrouping::year;
    query.date_from = local_days{2021y / November / 15};
    EXPECT_EQ(summary(PageviewReport(query, {visits(local_days{2023y / January / 1}, 5)}).fill_gaps().value()),
              (std::vector<std::pair<local_seconds, std::int64_t>>{{local_days{2021y / January / 1}, 0},
                                                                   {local_days{2022y / January / 1}, 0},
                                                                   {local_days{2023y / January / 1}, 5},
                                                                   {local_days{2024y / January / 1}, 0}}));
}

TEST(FillGaps, KnowsEvents) {
    const EventReport report({.aggregates = {EventMetric::conversions, EventMetric::value},
                              .date_grouping = DateGrouping::hour,
                              .date_from = january(1),
                              .date_to = january(1) + 2h},
                             {});
    const auto filled = report.fill_gaps().value();
    ASSERT_EQ(filled.size(), 3U);
    EXPECT_EQ(filled[2].conversions, 0);
    EXPECT_EQ(filled[2].value, 0);
    EXPECT_EQ(filled[2].unique_conversions, std::nullopt);
}

TEST(FillGaps, KeepsAllRowsThatShareABucket) {
    const PageviewReport report(daily, {visits(january(2), 1), visits(january(2), 2)});
    const auto filled = report.fill_gaps().value();
    ASSERT_EQ(filled.size(), 5U);
    EXPECT_EQ(filled[1].visits, 1);
    EXPECT_EQ(filled[2].visits, 2);
}

TEST(FillGaps, RefusesARowWithoutATimeWhichMayBeOfAnyBucket) {
    const auto filled = PageviewReport(daily, {PageviewRow{.visits = 9}}).fill_gaps();
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().kind, ErrorKind::decode);
}

TEST(FillGaps, MayBeDoneTwice) {
    PageviewQuery query = daily;
    query.limit = 3;
    const auto filled = PageviewReport(query, {visits(january(2), 5)}).fill_gaps().value();
    EXPECT_FALSE(filled.possibly_truncated());
    EXPECT_EQ(filled.fill_gaps().value().size(), 4U);
}

TEST(FillGaps, RefusesAReportWithoutBuckets) {
    const auto filled = PageviewReport({.aggregates = {PageviewMetric::visits}}, {}).fill_gaps();
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().fields[0].field, "date_grouping");
}

TEST(FillGaps, RefusesAReportThatMayHaveBeenCut) {
    PageviewQuery query = daily;
    query.limit = 1;
    const auto filled = PageviewReport(query, {visits(january(2), 5)}).fill_gaps();
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().kind, ErrorKind::truncated);
}

TEST(FillGaps, RefusesARangeWithoutEnd) {
    PageviewQuery query = daily;
    query.date_grouping = DateGrouping::hour;
    query.date_from = local_days{1y / January / 1};
    EXPECT_FALSE(PageviewReport(query, {}).fill_gaps());
}

class FillGapsInBerlin : public ::testing::Test {
protected:
    static PageviewReport hours_of(year_month_day day, std::vector<PageviewRow> rows = {}) {
        return {
            {.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::hour, .range = between(day, day)},
            std::move(rows)};
    }
    TimeZone berlin = TimeZone::find("Europe/Berlin", std::make_shared<TwoZones>()).value();
};

TEST_F(FillGapsInBerlin, AddsNoHourThatTheClocksSkip) {
    const auto filled = hours_of(2026y / March / 29).fill_gaps_in(berlin).value();
    EXPECT_EQ(filled.size(), 23U);
    for (const PageviewRow& row : filled) EXPECT_NE(row.time, local_days{2026y / March / 29} + 2h);
}

TEST_F(FillGapsInBerlin, AddsNoHourThatTheClocksSkipOnDaysThatAreNamed) {
    const PageviewReport hours = hours_of(2026y / March / 29);
    EXPECT_EQ(hours.fill_days(2026y / March / 28, 2026y / March / 30, berlin).value().size(), 71U);
    const TimeZone utc = TimeZone::find("UTC").value();
    EXPECT_EQ(hours.fill_days(2026y / March / 28, 2026y / March / 30, utc).value().size(), 72U);
}

TEST_F(FillGapsInBerlin, RemembersTheZone) {
    const auto filled = hours_of(2026y / March / 29).fill_gaps_in(berlin).value();
    EXPECT_EQ(filled.fill_gaps().value(), filled);
}

TEST_F(FillGapsInBerlin, IsTheSameReportWithOrWithoutKnowingTheZone) {
    const PageviewReport october = hours_of(2025y / October / 26);
    EXPECT_EQ(october.fill_gaps_in(berlin).value(), october.fill_gaps().value());
}

TEST_F(FillGapsInBerlin, GivesTheHourThatComesTwiceOneRow) {
    EXPECT_EQ(hours_of(2025y / October / 26).fill_gaps_in(berlin).value().size(), 24U);
}

TEST_F(FillGapsInBerlin, KeepsARowThatLiesInASkippedHour) {
    const local_seconds skipped = local_days{2026y / March / 29} + 2h;
    const auto filled = hours_of(2026y / March / 29, {visits(skipped, 1)}).fill_gaps_in(berlin).value();
    EXPECT_EQ(filled.size(), 24U);
}

TEST_F(FillGapsInBerlin, PlacesInstantsInTheirBuckets) {
    PageviewQuery query{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day};
    query.range = half_open(sys_days{2026y / May / 31} + 22h, sys_days{2026y / June / 30} + 22h);
    const auto filled = PageviewReport(query, {}).fill_gaps_in(berlin).value();
    ASSERT_EQ(filled.size(), 30U);
    EXPECT_EQ(filled[0].time, local_days{2026y / June / 1});
}

TEST_F(FillGapsInBerlin, RefusesAnotherZoneThanTheReportWasCountedIn) {
    PageviewQuery query = daily;
    query.timezone = "America/New_York";
    const auto filled = PageviewReport(query, {}).fill_gaps_in(berlin);
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().fields[0].field, "zone");
    EXPECT_FALSE(PageviewReport(query, {}).fill_days(2024y / January / 1, 2024y / January / 2, berlin));
}

TEST(FillGaps, RefusesARangeThatIsCountedFromADayItDoesNotKnow) {
    PageviewQuery query{
        .aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day, .range = last_days(7)};
    EXPECT_EQ(PageviewReport(query, {}).fill_gaps().error().fields[0].field, "range");
}

} // namespace
} // namespace fathom
