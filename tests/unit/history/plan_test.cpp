#include "history/plan.hpp"

#include <gtest/gtest.h>

namespace fathom::detail::history {
namespace {

using namespace std::chrono;

constexpr sys_seconds now = sys_days{2026y / July / 15} + 10h;

Result<Plan<PageviewMetric>> plan_of(const PageviewHistoryQuery& query, const HistoryOptions& options = {}) {
    return make_plan("pageviews of CDBUGS", query, options, TimeZone::find("UTC").value(), now);
}

const PageviewHistoryQuery query{.aggregates = {PageviewMetric::visits}, .range = last_days(7)};

TEST(HistoryPlan, CountsItsDaysFromToday) {
    const auto plan = plan_of(query).value();
    EXPECT_EQ(plan.begin, local_days{2026y / July / 9});
    EXPECT_EQ(plan.end, local_days{2026y / July / 16});
}

TEST(HistoryPlan, RefusesDaysThatDoNotExist) {
    for (const ReportRange& range :
         {between(2026y / June / 1, 2026y / June / 31), between(2026y / February / 31, 2026y / June / 1),
          between(2026y / June / 0, 2026y / June / 1), between(2026y / 13 / 1, 2026y / 13 / 2)}) {
        PageviewHistoryQuery impossible = query;
        impossible.range = range;
        const auto plan = plan_of(impossible);
        ASSERT_FALSE(plan) << range;
        EXPECT_EQ(plan.error().message, "range: has an invalid date");
    }
}

TEST(HistoryPlan, EndsTodayWhereTheRangeDoesNot) {
    PageviewHistoryQuery future = query;
    future.range = between(2026y / July / 1, 2026y / December / 31);
    EXPECT_EQ(plan_of(future).value().end, local_days{2026y / July / 16});
}

TEST(HistoryPlan, GoesOnToTheEndOfTheRangeAsItIsNow) {
    const auto first = plan_of(query).value();
    const Place place{first.fingerprint, local_days{2026y / June / 1}, local_days{2026y / June / 5}};
    const auto plan = plan_of(query, {.resume_from = to_text(place)}).value();
    EXPECT_EQ(plan.begin, place.begin);
    EXPECT_EQ(plan.next, place.next); // before the seven days, since those between are missing
    EXPECT_EQ(plan.end, local_days{2026y / July / 16});
    PageviewHistoryQuery june = query;
    june.range = between(2026y / June / 1, 2026y / June / 30);
    EXPECT_EQ(plan_of(june, {.resume_from = to_text(place)}).value().end, local_days{2026y / July / 1});
    june.range.reset();
    EXPECT_EQ(plan_of(june, {.resume_from = to_text(place)}).value().end, local_days{2026y / July / 16});
}

TEST(HistoryPlan, RefusesThePlaceOfAnotherQuestion) {
    const std::string place = to_text({.fingerprint = plan_of(query).value().fingerprint});
    PageviewHistoryQuery other = query;
    other.filters = {Field::country_code == "DE"};
    for (const std::string& text : {place, place + " 1", std::string("history9 1 2 3"), std::string()}) {
        const auto plan = plan_of(other, {.resume_from = text});
        ASSERT_FALSE(plan) << text;
        EXPECT_EQ(plan.error().fields[0].field, "resume_from");
    }
}

TEST(HistoryPlan, RefusesAPlaceWhoseEndWasLost) {
    const std::string place = to_text({.fingerprint = plan_of(query).value().fingerprint,
                                       .begin = local_days{2025y / January / 1},
                                       .next = local_days{2025y / January / 11}});
    ASSERT_TRUE(plan_of(query, {.resume_from = place}));
    EXPECT_FALSE(plan_of(query, {.resume_from = place + " "}));
    for (std::size_t length = 0; length < place.size(); ++length) {
        EXPECT_FALSE(plan_of(query, {.resume_from = place.substr(0, length)})) << length;
    }
}

TEST(HistoryPlan, RefusesInstants) {
    PageviewHistoryQuery instants = query;
    instants.range = half_open(now - 24h, now);
    EXPECT_EQ(plan_of(instants).error().fields[0].field, "range");
}

TEST(HistoryPlace, IsReadAsItWasWritten) {
    const Place place{~std::uint64_t{0}, local_days{1969y / June / 1}, local_days{2026y / June / 5} + 3h};
    EXPECT_EQ(parse_place(to_text(place)).value(), place);
}

} // namespace
} // namespace fathom::detail::history
