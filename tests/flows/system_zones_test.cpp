// The system's rules of time zones beside those of another library that reads the same data, up to the year in which that ends.
#include <fathom/time_zone.hpp>

#include <gtest/gtest.h>

#if defined(FATHOM_WITH_ZONES)
#include <fathom/zones/date_time_zones.hpp>

namespace fathom {
namespace {

using namespace std::chrono;

class SystemZone : public ::testing::TestWithParam<const char*> {};

TEST_P(SystemZone, HasTheOffsetsThatAnotherLibraryHas) {
    const auto system = system_time_zones();
    const auto other = zones::date_time_zones();
    if (!system->period_at(GetParam(), sys_seconds{})) GTEST_SKIP() << "no rules of time zones here";
    for (sys_seconds at = sys_days{1970y / January / 1}; at < sys_days{2037y / January / 1}; at += days{11} + 5h) {
        const auto mine = system->period_at(GetParam(), at);
        const auto theirs = other->period_at(GetParam(), at);
        ASSERT_TRUE(mine && theirs);
        ASSERT_EQ(mine->offset, theirs->offset) << at.time_since_epoch().count();
        ASSERT_LE(mine->begin, at);
        ASSERT_GT(mine->end, at);
        if (mine->end < sys_days{2037y / January / 1}) { // and to the second
            ASSERT_EQ(system->period_at(GetParam(), mine->end)->offset,
                      other->period_at(GetParam(), mine->end)->offset);
            ASSERT_EQ(mine->offset, other->period_at(GetParam(), mine->end - 1s)->offset);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Zones, SystemZone,
                         ::testing::Values("Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Moscow",
                                           "Europe/Istanbul", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut",
                                           "Asia/Gaza", "Asia/Jerusalem", "Asia/Kolkata", "Asia/Kathmandu",
                                           "Asia/Tokyo", "Asia/Tehran", "America/New_York", "America/Nuuk",
                                           "America/St_Johns", "America/Sao_Paulo", "America/Havana",
                                           "America/Santiago", "America/Argentina/Buenos_Aires", "Antarctica/Troll",
                                           "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Pacific/Easter",
                                           "Etc/GMT+7"),
                         [](const auto& zone) {
                             std::string name = zone.param;
                             for (char& c : name) {
                                 if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
                                     c = '_';
                             }
                             return name;
                         });

} // namespace
} // namespace fathom
#endif
