#include "core/retry_after.hpp"

#include <gtest/gtest.h>

#include "support/samples.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

TEST(RetryAfter, IsNothingWithoutTheHeader) { EXPECT_EQ(retry_after({}, noon), std::nullopt); }

TEST(RetryAfter, ReadsACountOfSeconds) { EXPECT_EQ(retry_after({{"Retry-After", "17"}}, noon), 17s); }

TEST(RetryAfter, ReadsADateAgainstTheLocalClock) {
    EXPECT_EQ(retry_after({{"Retry-After", "Thu, 01 Jan 2026 12:00:30 GMT"}}, noon), 30s);
}

TEST(RetryAfter, ReadsADateAgainstTheServersOwnClockWhereItSendsOne) {
    const HttpHeaders headers{{"retry-after", "Thu, 01 Jan 2026 09:00:30 GMT"},
                              {"date", "Thu, 01 Jan 2026 09:00:00 GMT"}};
    EXPECT_EQ(retry_after(headers, noon), 30s);
}

TEST(RetryAfter, IsZeroForADateInThePast) {
    EXPECT_EQ(retry_after({{"Retry-After", "Thu, 01 Jan 2026 11:00:00 GMT"}}, noon), 0s);
}

TEST(RetryAfter, IsZeroForANegativeCount) { EXPECT_EQ(retry_after({{"Retry-After", "-5"}}, noon), 0s); }

TEST(RetryAfter, IsAtMostADay) {
    EXPECT_EQ(retry_after({{"Retry-After", "9000000"}}, noon), 24h);
    EXPECT_EQ(retry_after({{"Retry-After", "99999999999999999999999"}}, noon), 24h);
}

TEST(RetryAfter, RoundsAFractionUp) {
    EXPECT_EQ(retry_after({{"Retry-After", "0.503"}}, noon), 1s);
    EXPECT_EQ(retry_after({{"Retry-After", "2.0"}}, noon), 2s);
    EXPECT_EQ(retry_after({{"Retry-After", " 2.000001 "}}, noon), 3s);
}

TEST(RetryAfter, TakesTheLongestOfAList) {
    EXPECT_EQ(retry_after({{"Retry-After", "30, 30"}}, noon), 30s);
    EXPECT_EQ(retry_after({{"Retry-After", "3,soon , 7"}}, noon), 7s);
    EXPECT_EQ(retry_after({{"Retry-After", "5, Thu, 01 Jan 2026 12:00:30 GMT"}}, noon), 30s);
    EXPECT_EQ(retry_after({{"Retry-After", "Thu, 01 Jan 2026 12:00:30 GMT, 5"}}, noon), 30s);
    EXPECT_EQ(retry_after({{"Retry-After", "30, 9000000"}}, noon), 30s) << "the longest sensible one";
}

TEST(RetryAfter, ReadsSeveralHeadersAsOneList) {
    EXPECT_EQ(retry_after({{"Retry-After", "5"}, {"retry-after", "30"}}, noon), 30s);
    EXPECT_EQ(retry_after({{"Retry-After", "soon"}, {"Retry-After", "7"}}, noon), 7s);
    EXPECT_EQ(retry_after({{"Retry-After", ""}, {"Retry-After", "Thu, 01 Jan 2026 12:00:30 GMT"}}, noon), 30s);
}

TEST(RetryAfter, ReadsATimeThatCountsFrom1970) {
    const auto in_half_a_minute = (noon + 30s).time_since_epoch().count();
    EXPECT_EQ(retry_after({{"Retry-After", std::to_string(in_half_a_minute)}}, noon), 30s);
    EXPECT_EQ(retry_after({{"Retry-After", std::to_string(in_half_a_minute) + ".0"}}, noon), 30s);
    EXPECT_EQ(retry_after({{"Retry-After", std::to_string(in_half_a_minute) + "000"}}, noon), 30s) << "milliseconds";
    EXPECT_EQ(retry_after({{"Retry-After", "1700000000"}}, noon), 0s) << "over";
}

TEST(RetryAfter, ReadsAllThreeDates) {
    for (const char* text : {"Thu, 01 Jan 2026 12:00:30 GMT", "Thursday, 01-Jan-26 12:00:30 GMT",
                             "Thu Jan  1 12:00:30 2026", "Thu Jan 01 12:00:30 2026"}) {
        EXPECT_EQ(retry_after({{"Retry-After", text}}, noon), 30s) << text;
    }
}

TEST(RetryAfter, TakesAYearOfTwoDigitsForOneThatIsAtMostFiftyYearsAhead) {
    EXPECT_EQ(retry_after({{"Retry-After", "Friday, 01-Jan-77 12:00:00 GMT"}}, noon), 0s) << "1977";
    EXPECT_EQ(retry_after({{"Retry-After", "Wednesday, 01-Jan-76 12:00:00 GMT"}}, noon), 24h) << "2076, cut to a day";
}

TEST(RetryAfter, IsNothingWhereItCannotBeRead) {
    for (const char* text :
         {"", "soon", "12 s", "Thu, 32 Jan 2026 11:00:00 GMT", "Thu, 01 Foo 2026 11:00:00 GMT",
          "Thu, 01 Jan 2026 25:00:00 GMT", "Thu, 01 Jan 2026 11:00:00 CET", "1e3", ".", "1.", ".5", "0x10", "+5", ",",
          ", ,", "soon,", ",soon", "Thu Jan  1 12:00:30 26", "Thursday, 01-Jan-2026 12:00:30 GMT"}) {
        EXPECT_EQ(retry_after({{"Retry-After", text}}, noon), std::nullopt) << text;
    }
}

} // namespace
} // namespace fathom::detail
