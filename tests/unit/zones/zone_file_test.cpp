#include "zones/zone_file.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fathom::detail {
namespace {

using namespace std::chrono;
using namespace std::string_literals;

sys_seconds at(year_month_day day, seconds time = {}) { return sys_days{day} + time; }

TEST(YearlyRule, ChangesClocksTwiceAYear) {
    const YearlyRule berlin = YearlyRule::parse("CET-1CEST,M3.5.0,M10.5.0/3").value();
    const ZonePeriod summer{at(2040y / March / 25, 1h), at(2040y / October / 28, 1h), 2h};
    EXPECT_EQ(berlin.period_at(at(2040y / July / 1)), summer);
    EXPECT_EQ(berlin.period_at(summer.begin), summer);
    EXPECT_EQ(berlin.period_at(summer.end - 1s), summer);
    const ZonePeriod winter{summer.end, at(2041y / March / 31, 1h), 1h};
    EXPECT_EQ(berlin.period_at(summer.end), winter);
    EXPECT_EQ(berlin.period_at(at(2041y / January / 1)), winter);
}

TEST(YearlyRule, KnowsTheFormsThatZonesHave) {
    const auto offset = [](const char* rule, sys_seconds instant) {
        return YearlyRule::parse(rule).value().period_at(instant).offset;
    };
    const sys_seconds january = at(2040y / January / 15);
    const sys_seconds july = at(2040y / July / 15);
    EXPECT_EQ(offset("<+0530>-5:30", july), 5h + 30min);
    EXPECT_EQ(offset("NST3:30NDT,M3.2.0,M11.1.0", july), -2h - 30min);
    EXPECT_EQ(offset("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", january), 11h);
    EXPECT_EQ(offset("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", july), 10h + 30min);
    EXPECT_EQ(offset("IST-1GMT0,M10.5.0,M3.5.0/1", january), 0h); // winter time is the exception in Dublin
    EXPECT_EQ(offset("IST-1GMT0,M10.5.0,M3.5.0/1", july), 1h);
    EXPECT_EQ(YearlyRule::parse("EET-2EEST,M3.4.4/50,M10.4.4/50").value().period_at(july).begin,
              at(2040y / March / 24, 0h)); // two days and two hours behind the fourth Thursday
    EXPECT_EQ(YearlyRule::parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0").value().period_at(july).begin,
              at(2040y / March / 25, 1h)); // on the evening before Sunday
}

TEST(YearlyRule, IsNoneWhereItIsNone) {
    for (const char* text :
         {"", "C", "CET", "-1", "<CET-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
          "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J60,J300", "CET-1CEST,M3.5.0,M10.5.0/3x",
          "CET-1:60", "CET-168", "CET-99999999999"}) {
        EXPECT_FALSE(YearlyRule::parse(text)) << text;
    }
}

std::string number(std::int64_t value, int size) {
    std::string bytes;
    for (int i = size - 1; i >= 0; --i)
        bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i)));
    return bytes;
}

/// Two types, two changes, and a rule behind them.
std::string file(const std::string& rule, int second_kind = 0) {
    std::string content = "TZif2" + std::string(15, '\0');
    for (const int count : {0, 0, 0, 0, 0, 0}) content += number(count, 4);
    content += "TZif2" + std::string(15, '\0');
    for (const int count : {0, 0, 0, 2, 2, 4}) content += number(count, 4);
    content += number(-1'000'000'000, 8) + number(1'000'000'000, 8) + "\1"s + static_cast<char>(second_kind);
    content += number(-3'600, 4) + "\0\0"s + number(7'200, 4) + "\1\0"s + "A\0B\0"s;
    return content + '\n' + rule + '\n';
}

TEST(ZoneFileTest, HasThePeriodsBetweenItsChanges) {
    const ZoneFile zone = ZoneFile::parse(file("X1")).value();
    const sys_seconds first{-1'000'000'000s};
    const sys_seconds second{1'000'000'000s};
    EXPECT_EQ(zone.period_at(first - 1s), (ZonePeriod{sys_seconds::min(), first, -1h}));
    EXPECT_EQ(zone.period_at(first), (ZonePeriod{first, second, 2h}));
    EXPECT_EQ(zone.period_at(second - 1s), (ZonePeriod{first, second, 2h}));
    EXPECT_EQ(zone.period_at(second), (ZonePeriod{second, sys_seconds::max(), -1h}));
}

TEST(ZoneFileTest, GoesOnByItsRule) {
    const ZoneFile zone = ZoneFile::parse(file("CET-1CEST,M3.5.0,M10.5.0/3")).value();
    EXPECT_EQ(zone.period_at(at(2040y / July / 1)).offset, 2h);
    EXPECT_EQ(ZoneFile::parse(file("")).value().period_at(at(2040y / July / 1)).offset, -1h);
}

TEST(ZoneFileTest, IsNoneWhereItIsDamaged) {
    const std::string whole = file("X1");
    const std::size_t rule = whole.size() - 4;
    for (std::size_t size = 0; size < rule; ++size) EXPECT_FALSE(ZoneFile::parse(whole.substr(0, size))) << size;
    EXPECT_FALSE(ZoneFile::parse(file("X1", 2))) << "a type that there is not";
    for (std::size_t i = 0; i < whole.size(); ++i) { // whatever stands there, it is read or refused
        std::string damaged = whole;
        damaged[i] = '\xff';
        if (const auto zone = ZoneFile::parse(damaged)) (void)zone->period_at(at(2040y / July / 1));
    }
}

} // namespace
} // namespace fathom::detail
