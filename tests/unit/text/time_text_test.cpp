#include "text/time_text.hpp"

#include <gtest/gtest.h>

namespace fathom::detail {
namespace {

using namespace std::chrono;

constexpr sys_seconds noon = sys_days{2020y / July / 27} + 12h + 1min + 1s;

TEST(Instant, IsReadInEachKnownForm) {
    for (const char* text : {"2020-07-27 12:01:01", "2020-07-27T12:01:01Z", "2020-07-27T12:01:01",
                             "2020-07-27T12:01:01.123456Z", "2020-07-27T14:01:01+02:00", "2020-07-27t12:01:01z",
                             "2020-07-27 12:01:01 UTC", "2020-07-27T08:31:01-03:30", "2020-07-27T14:01:01+0200"}) {
        EXPECT_EQ(parse_instant(text), noon) << text;
    }
}

TEST(Instant, IsNotReadFromWhatIsNone) {
    for (const char* text :
         {"", "now", "2020", "2020-07", "2020-13-01 00:00:00", "2020-02-30T00:00:00Z", "2020-07-27 24:00:00",
          "2020-07-27 12:60:00", "2020-07-27 12", "2020-07-27T12:01:01X", "2020-07-27T12:01:01+", "20-07-27",
          " 2020-07-27", "2020-07-27 12:01:01 ", "2020-07-27 12:01:01 UT", "2020-07-27 12:01:01 UTC+1"}) {
        EXPECT_EQ(parse_instant(text), std::nullopt) << text;
    }
}

TEST(Date, IsReadWithOrWithoutATime) {
    EXPECT_EQ(parse_date("2024-03-05"), 2024y / March / 5);
    EXPECT_EQ(parse_date("2024-03-05 00:00:00"), 2024y / March / 5);
    EXPECT_EQ(parse_date("2024-03"), std::nullopt);
}

TEST(Date, IsWrittenInFull) { EXPECT_EQ(date_text(year_month_day{987y / March / 5}), "0987-03-05"); }

TEST(Bucket, IsReadInEachLength) {
    EXPECT_EQ(parse_bucket("2023"), local_days{2023y / January / 1});
    EXPECT_EQ(parse_bucket("2023-02"), local_days{2023y / February / 1});
    EXPECT_EQ(parse_bucket("2023-02-21"), local_days{2023y / February / 21});
    EXPECT_EQ(parse_bucket("2023-02-21 00:00:00"), local_days{2023y / February / 21});
    EXPECT_EQ(parse_bucket("2023-02-21 13:00"), local_days{2023y / February / 21} + 13h);
}

TEST(Bucket, IsTheReadingOfTheClockWhateverItsOffset) {
    EXPECT_EQ(parse_bucket("2023-02-21T13:00:00+09:00"), local_days{2023y / February / 21} + 13h);
}

TEST(WallClock, IsWrittenAsTheServiceReadsIt) {
    EXPECT_EQ(wall_clock_text(local_days{2022y / April / 1} + 15h + 31min), "2022-04-01 15:31:00");
    EXPECT_EQ(wall_clock_text(local_days{1y / January / 1}), "0001-01-01 00:00:00");
}

} // namespace
} // namespace fathom::detail
