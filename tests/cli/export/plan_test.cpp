#include "cli/export/plan.hpp"

#include <gtest/gtest.h>

#include "cli/exit_code.hpp"
#include "cli/export/estimate.hpp"
#include "cli/export/times.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr local_days day(int month, unsigned number) { return local_days{2026y / month / std::chrono::day{number}}; }
constexpr local_days today = day(6, 15);

StoredPlace stored(local_days begin, local_seconds settled_until, local_seconds until) {
    return {.begin = begin, .settled_until = settled_until, .until = until};
}

TEST(ExportPlan, HasTwoWholeDaysAndTodayAgain) {
    const ExportPlan plan = plan_of(DateGrouping::hour, day(1, 1), {}, nullptr, today);
    EXPECT_EQ(plan.settled, (Days{day(1, 1), day(6, 12)}));
    EXPECT_EQ(plan.recent, (Days{day(6, 13), today}));
}

TEST(ExportPlan, HasAYoungHistoryAsAWholeAgain) {
    const ExportPlan plan = plan_of(DateGrouping::hour, day(6, 14), {}, nullptr, today);
    EXPECT_EQ(plan.settled, std::nullopt);
    EXPECT_EQ(plan.recent, (Days{day(6, 14), today}));
}

TEST(ExportPlan, HasTheMonthsThatRecentDaysLieInAgain) {
    const ExportPlan plan = plan_of(DateGrouping::month, day(1, 1), {}, nullptr, day(6, 2));
    EXPECT_EQ(plan.settled, (Days{day(1, 1), day(4, 30)}));
    EXPECT_EQ(plan.recent, (Days{day(5, 1), day(6, 2)}));
}

TEST(ExportPlan, EndsWhereItIsToEnd) {
    const ExportPlan past = plan_of(DateGrouping::day, day(1, 1), {.last = day(2, 10)}, nullptr, today);
    EXPECT_EQ(past.settled, (Days{day(1, 1), day(2, 10)}));
    EXPECT_EQ(past.recent, std::nullopt);
    const ExportPlan amid_a_month = plan_of(DateGrouping::month, day(1, 1), {.last = day(2, 10)}, nullptr, today);
    EXPECT_EQ(amid_a_month.settled, (Days{day(1, 1), day(1, 31)})); // the rest of February may be asked for later
    EXPECT_EQ(amid_a_month.recent, (Days{day(2, 1), day(2, 10)}));
    EXPECT_EQ(plan_of(DateGrouping::day, day(1, 1), {.last = day(12, 31)}, nullptr, today).recent->last, today);
}

TEST(ExportPlan, TakesNothingFromAFile) {
    const StoredPlace place = stored(day(1, 1), day(6, 13), today + 13h);
    const ExportPlan plan = plan_of(DateGrouping::hour, day(1, 1), {.last = day(3, 1)}, &place, today);
    EXPECT_EQ(plan.recent, (Days{day(6, 13), today}));
}

TEST(ExportPlan, FetchesNothingTwiceThatStaysThoughTheClockWentBack) {
    const StoredPlace place = stored(day(1, 1), day(6, 13), today + 13h);
    const ExportPlan plan = plan_of(DateGrouping::hour, day(1, 1), {}, &place, day(6, 1));
    EXPECT_EQ(plan.recent, std::nullopt);
}

TEST(ExportDays, AreAllWhereNoneAreNamed) {
    EXPECT_EQ(wanted_days({}, today), WantedDays{});
    EXPECT_EQ(wanted_days({.all = true}, today), WantedDays{});
}

TEST(ExportDays, AreNamedAsForReports) {
    EXPECT_EQ(wanted_days({.last = "30d"}, today), (WantedDays{.first = day(5, 17), .last = today}));
    EXPECT_EQ(wanted_days({.last = "month"}, today), (WantedDays{.first = day(5, 1), .last = day(5, 31)}));
    EXPECT_EQ(wanted_days({.from = "2026-01-02"}, today), (WantedDays{.first = day(1, 2)}));
    EXPECT_EQ(wanted_days({.to = "2026-01-02"}, today), (WantedDays{.last = day(1, 2)}));
    EXPECT_THROW((void)wanted_days({.from = "2026-01-02", .to = "2026-01-01"}, today), UsageError);
    EXPECT_THROW((void)wanted_days({.from = "2026-06-16"}, today), UsageError);
}

TEST(ExportDays, LeaveNoGapBeforeAFile) {
    StoredPlace place = stored(day(2, 1), day(6, 13), today);
    EXPECT_TRUE(gap_before(place, {.first = day(1, 31)}));
    EXPECT_TRUE(gap_before(place, {}));
    EXPECT_FALSE(gap_before(place, {.first = day(2, 1)}));
    EXPECT_FALSE(gap_before(place, {.first = day(3, 1)}));
    place.is_from_first_visit = true;
    EXPECT_FALSE(gap_before(place, {}));
    EXPECT_FALSE(gap_before(place, {.first = day(1, 1)}));
}

TEST(ExportEstimate, CountsWindows) {
    const Days year{day(1, 1), day(12, 31)};
    Foreknowledge known;
    for (int month = 1; month <= 12; ++month) known.months.push_back({.month = day(month, 1), .count = 1000});
    EXPECT_EQ(requests_for(year, DateGrouping::month, known), 1);
    EXPECT_EQ(requests_for(year, DateGrouping::day, known), 3);
    EXPECT_EQ(requests_for(year, DateGrouping::hour, known), 53 + 3); // and a map for each half of the year
}

TEST(ExportEstimate, CountsRows) {
    const Days month{day(1, 1), day(1, 31)};
    const Foreknowledge known{.months = {{.month = day(1, 1), .count = 100'000}, {.month = day(2, 1), .count = 1}},
                              .rows_per_count = 0.5};
    EXPECT_EQ(requests_for(month, DateGrouping::day, known), 50);
    EXPECT_EQ(requests_for({day(1, 1), day(1, 10)}, DateGrouping::day, known), 17);
}

TEST(ExportEstimate, KnowsThePaceOfTheLimit) {
    EXPECT_EQ(time_for(10, {.free_permits = 10, .pace = {.requests = 10}}), 0s);
    EXPECT_EQ(time_for(20, {.free_permits = 10, .pace = {.requests = 10}}), 61s);
    EXPECT_EQ(time_for(20, {.free_permits = 0, .pace = {.requests = 10}}), 122s);
    EXPECT_EQ(time_for(20, {.free_permits = 0, .pace = {.requests = 5}}), 244s) << "a program may have a part of it";
}

TEST(ExportTimes, AreReadAsTheyAreWritten) {
    EXPECT_EQ(text_of(local_seconds{today + 5h + 7min}), "2026-06-15 05:07:00");
    EXPECT_EQ(time_of("2026-06-15 05:07:00"), today + 5h + 7min);
    EXPECT_EQ(time_of(text_of(today)), today);
    EXPECT_EQ(bucket_text(today + 5h, DateGrouping::hour), "2026-06-15 05:00:00");
    EXPECT_EQ(bucket_text(today, DateGrouping::day), "2026-06-15");
    for (const char* text : {"", "2026-13-01", "2026-02-30", "soon"}) EXPECT_THROW((void)time_of(text), UsageError);
}

} // namespace
} // namespace fathom::cli
