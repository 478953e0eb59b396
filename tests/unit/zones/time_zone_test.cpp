#include <fathom/time_zone.hpp>

#include <string>

#include <gtest/gtest.h>

#include "two_zones.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

TimeZone zone(const char* name) { return TimeZone::find(name, std::make_shared<TwoZones>()).value(); }

constexpr local_days autumn{2025y / October / 26};
constexpr local_days spring{2026y / March / 29};

TEST(TimeZoneTest, KnowsUtcWithoutRules) {
    const TimeZone utc = TimeZone::find("Etc/UTC", nullptr).value();
    EXPECT_EQ(utc.to_local(sys_days{2026y / June / 1} + 3h), local_days{2026y / June / 1} + 3h);
    EXPECT_EQ(utc.start_of(2026y / June / 1), sys_days{2026y / June / 1});
}

TEST(TimeZoneTest, RefusesAZoneWithoutRulesAndSaysWhereRulesAre) {
    const auto found = TimeZone::find("Europe/Nowhere", std::make_shared<TwoZones>());
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::invalid_argument);
    EXPECT_NE(found.error().message.find("ClientOptions::time_zones"), std::string::npos);
}

TEST(TimeZoneTest, TellsWhatTheClocksShow) {
    EXPECT_EQ(zone("Europe/Berlin").to_local(sys_days{2026y / June / 1}), local_days{2026y / June / 1} + 2h);
    EXPECT_EQ(zone("Europe/Berlin").date_at(sys_days{2026y / January / 1} + 23h), 2026y / January / 2);
}

TEST(TimeZoneTest, GivesDaysOf23And25HoursTheirEnds) {
    const TimeZone berlin = zone("Europe/Berlin");
    EXPECT_EQ(berlin.start_of(2025y / October / 27) - berlin.start_of(2025y / October / 26), 25h);
    EXPECT_EQ(berlin.start_of(2026y / March / 30) - berlin.start_of(2026y / March / 29), 23h);
}

TEST(TimeZoneTest, TakesTheFirstOfTwoHoursAndTheEndOfAGap) {
    const TimeZone berlin = zone("Europe/Berlin");
    EXPECT_EQ(berlin.first_at(autumn + 2h), sys_days{2025y / October / 26});
    EXPECT_EQ(berlin.first_at(autumn + 3h), sys_days{2025y / October / 26} + 2h);
    EXPECT_EQ(berlin.first_at(spring + 2h + 30min), sys_days{2026y / March / 29} + 1h);
}

TEST(TimeZoneTest, TellsWhichTimesAreSkipped) {
    const TimeZone berlin = zone("Europe/Berlin");
    EXPECT_TRUE(berlin.skips(spring + 2h, spring + 3h));
    EXPECT_FALSE(berlin.skips(spring + 1h, spring + 2h));
    EXPECT_FALSE(berlin.skips(spring + 3h, spring + 4h));
    EXPECT_FALSE(berlin.skips(autumn + 2h, autumn + 3h));
}

TEST(TimeZoneTest, TellsWhereItsClocksGoBackOverATime) {
    const TimeZone berlin = zone("Europe/Berlin");
    EXPECT_TRUE(berlin.goes_back_over(autumn + 2h + 1s));
    EXPECT_TRUE(berlin.goes_back_over(autumn + 3h - 1s));
    for (const local_seconds clean : {autumn + 2h, autumn + 3h, autumn + 0h, spring + 2h, spring + 3h}) {
        EXPECT_FALSE(berlin.goes_back_over(clean)) << clean.time_since_epoch();
    }
    EXPECT_FALSE(TimeZone::find("UTC").value().goes_back_over(autumn + 2h + 1s));
}

TEST(TimeZoneTest, KnowsADayThatNeverWas) {
    const TimeZone apia = zone("Pacific/Apia");
    EXPECT_TRUE(apia.skips(local_days{2011y / December / 30}, local_days{2011y / December / 31}));
    EXPECT_EQ(apia.start_of(2011y / December / 30), apia.start_of(2011y / December / 31));
}

TEST(SystemTimeZones, KnowEveryZoneOrNone) {
    const auto rules = system_time_zones();
    for (const char* name :
         {"Nowhere/Never", "", ".", "../zoneinfo/Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin", "Europe"}) {
        EXPECT_EQ(rules->period_at(name, sys_days{2026y / June / 1}), std::nullopt) << name;
    }
    const auto berlin = rules->period_at("Europe/Berlin", sys_days{2026y / June / 1});
    if (!berlin) GTEST_SKIP() << "this system has no rules of time zones";
    EXPECT_EQ(berlin->offset, 2h);
    EXPECT_EQ(berlin->end, sys_days{2026y / October / 25} + 1h);
}

/// Changes for good, or by a decree: what the standard library of g++ 14.2 gets wrong.
TEST(SystemTimeZones, ChangeClocksWhenTheyWereChanged) {
    struct Change {
        const char* zone;
        sys_seconds at;
        seconds before;
        seconds after;
    };
    const auto rules = system_time_zones();
    if (!rules->period_at("Europe/Moscow", sys_seconds{})) GTEST_SKIP() << "this system has no rules of time zones";
    for (const Change& change : {
             Change{"Europe/Moscow", sys_days{2011y / March / 26} + 23h, 3h, 4h},
             Change{"Europe/Moscow", sys_days{2014y / October / 25} + 22h, 4h, 3h},
             Change{"Europe/Istanbul", sys_days{2011y / March / 28} + 1h, 2h, 3h},
             Change{"Europe/Istanbul", sys_days{2016y / September / 6} + 21h, 3h, 3h},
             Change{"America/St_Johns", sys_days{2011y / March / 13} + 3h + 31min, -3h - 30min, -2h - 30min},
             Change{"America/Caracas", sys_days{2016y / May / 1} + 7h, -4h - 30min, -4h},
         }) {
        SCOPED_TRACE(std::string(change.zone) + ' ' + std::to_string(change.at.time_since_epoch().count()));
        const auto before = rules->period_at(change.zone, change.at - 1s);
        const auto after = rules->period_at(change.zone, change.at);
        ASSERT_TRUE(before && after);
        EXPECT_EQ(before->offset, change.before);
        EXPECT_EQ(after->offset, change.after);
    }
}

} // namespace
} // namespace fathom
