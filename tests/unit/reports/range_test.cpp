#include "reports/range.hpp"

#include <fathom/report_range.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <sstream>

#include "../zones/two_zones.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

constexpr year_month_day wednesday = 2026y / July / 15;

void expect_days(const ReportRange& range, year_month_day first, year_month_day last) {
    EXPECT_EQ(range.on(wednesday), between(first, last)) << range;
}

TEST(RelativeRange, CountsDays) {
    expect_days(today(), wednesday, wednesday);
    expect_days(yesterday(), 2026y / July / 14, 2026y / July / 14);
    expect_days(last_days(1), wednesday, wednesday);
    expect_days(last_days(30), 2026y / June / 16, wednesday);
    expect_days(last_full_days(30), 2026y / June / 15, 2026y / July / 14);
}

TEST(RelativeRange, CountsWeeksFromTheWeekdayAsked) {
    expect_days(this_week(), 2026y / July / 13, wednesday);
    expect_days(last_week(), 2026y / July / 6, 2026y / July / 12);
    expect_days(this_week(Sunday), 2026y / July / 12, wednesday);
    expect_days(last_week(Sunday), 2026y / July / 5, 2026y / July / 11);
    EXPECT_EQ(this_week(Thursday).on(wednesday), between(2026y / July / 9, wednesday));
    EXPECT_EQ(this_week(Wednesday).on(wednesday), between(wednesday, wednesday));
}

TEST(RelativeRange, CountsMonthsAndYears) {
    expect_days(this_month(), 2026y / July / 1, wednesday);
    expect_days(last_month(), 2026y / June / 1, 2026y / June / 30);
    expect_days(last_months(12), 2025y / August / 1, wednesday);
    expect_days(this_year(), 2026y / January / 1, wednesday);
    expect_days(last_year(), 2025y / January / 1, 2025y / December / 31);
}

TEST(RelativeRange, CountsFromTheLastDayOfAMonth) {
    EXPECT_EQ(last_month().on(2024y / March / 31), between(2024y / February / 1, 2024y / February / 29));
    EXPECT_EQ(last_month().on(2026y / January / 31), between(2025y / December / 1, 2025y / December / 31));
    EXPECT_EQ(last_year().on(2024y / February / 29), between(2023y / January / 1, 2023y / December / 31));
}

TEST(PrecedingRange, IsOfTheSameLengthAndEndsWhereTheOtherBegins) {
    EXPECT_EQ(last_full_days(30).preceding().on(wednesday), between(2026y / May / 16, 2026y / June / 14));
    EXPECT_EQ(last_days(7).preceding().on(wednesday), between(2026y / July / 2, 2026y / July / 8));
    EXPECT_EQ(today().preceding(), yesterday());
    EXPECT_EQ(last_week(Sunday).preceding().on(wednesday), between(2026y / June / 28, 2026y / July / 4));
    EXPECT_EQ(last_months(2).preceding().on(wednesday), between(2026y / April / 1, 2026y / May / 31));
    EXPECT_EQ(this_year().preceding(), last_year());
    EXPECT_EQ(between(2024y / March / 1, 2024y / March / 7).preceding(),
              between(2024y / February / 23, 2024y / February / 29));
    const sys_seconds noon = sys_days{2026y / July / 15} + 12h;
    EXPECT_EQ(half_open(noon, noon + 5h).preceding(), half_open(noon - 5h, noon));
}

TEST(PrecedingRange, OfWhatIsNoRangeIsNone) {
    EXPECT_EQ(last_days(0).preceding(), last_days(0));
    EXPECT_EQ(between(2026y / February / 30, 2026y / March / 1).preceding(),
              between(2026y / February / 30, 2026y / March / 1));
}

TEST(RelativeRange, CountsRightlyOrIsRefusedHoweverFarBack) {
    using Unit = ReportRange::Relative::Unit;
    const auto since = [](Unit unit, int back) { return ReportRange(ReportRange::Relative{unit, back, 0}); };
    EXPECT_EQ(since(Unit::month, 120'000).on(wednesday), between(year{-7974} / July / 1, wednesday));
    EXPECT_EQ(since(Unit::year, 10'000).on(wednesday), between(year{-7974} / January / 1, wednesday));
    EXPECT_EQ(since(Unit::day, 3'652'425).on(wednesday), between(year{-7974} / July / 15, wednesday));
    EXPECT_EQ(since(Unit::week, 521'775).on(wednesday), between(year{-7974} / July / 13, wednesday));
    EXPECT_EQ(last_months(786'433).on(wednesday), last_months(786'433));
    for (const Unit unit : {Unit::day, Unit::week, Unit::month, Unit::year}) {
        for (const int back : {3'652'426, std::numeric_limits<int>::max()}) {
            EXPECT_FALSE(detail::is_valid({unit, back, 0})) << to_string(unit) << back;
            EXPECT_EQ(since(unit, back).on(wednesday), since(unit, back));
        }
    }
}

TEST(RelativeRange, LeavesOtherRangesAsTheyAre) {
    const ReportRange days = between(2026y / June / 1, 2026y / June / 7);
    EXPECT_EQ(days.on(wednesday), days);
}

/// A zone whose clocks go back by an hour, when they show midnight: to 23:00 of 14 July.
class BackOverMidnight final : public TimeZones {
public:
    [[nodiscard]] std::optional<ZonePeriod> period_at(const std::string& zone, sys_seconds instant) const override {
        constexpr sys_seconds change = sys_days{2026y / July / 14} + 21h;
        if (zone != "Test/Zone") return std::nullopt;
        if (instant < change) return ZonePeriod{sys_seconds::min(), change, 3h};
        return ZonePeriod{change, sys_seconds::max(), 2h};
    }
};

TEST(AmbiguousDays, AreInstantsWhereTheirLastHourComesTwice) {
    const TimeZone zone = TimeZone::find("Test/Zone", std::make_shared<BackOverMidnight>()).value();
    const auto instants = [&](const ReportRange& range) { return detail::instants_of_ambiguous(range, zone); };
    EXPECT_EQ(instants(between(2026y / July / 14, 2026y / July / 14)),
              half_open(sys_days{2026y / July / 13} + 21h, sys_days{2026y / July / 14} + 22h));
    EXPECT_EQ(instants(between(2026y / July / 13, 2026y / July / 13)), std::nullopt);
    EXPECT_EQ(instants(between(2026y / July / 15, 2026y / July / 15)), std::nullopt);
    EXPECT_EQ(instants(between(2026y / July / 13, 2026y / July / 15)), std::nullopt);
    EXPECT_EQ(instants(last_days(3)), std::nullopt);
    EXPECT_EQ(instants(between(2026y / June / 31, 2026y / July / 14)), std::nullopt);
}

TEST(RelativeRange, PrintsWhatItCounts) {
    std::ostringstream text;
    text << last_full_days(7);
    EXPECT_EQ(text.str(), R"({"unit":"day","first":7,"last":1,"first_weekday":"Monday"})");
}

TEST(HalfOpenByTheClock, CoversTheHourThatComesTwiceBothTimes) {
    const TimeZone berlin = TimeZone::find("Europe/Berlin", std::make_shared<TwoZones>()).value();
    const local_days day{2025y / October / 26};
    seconds covered{0};
    sys_seconds end = berlin.start_of(2025y / October / 26);
    for (hours hour{0}; hour < 24h; ++hour) {
        const auto window = half_open(day + hour, day + hour + 1h, berlin).instants().value();
        EXPECT_EQ(window.from, end);
        covered += window.until - window.from;
        end = window.until;
    }
    EXPECT_EQ(covered, 25h);
}

} // namespace
} // namespace fathom
