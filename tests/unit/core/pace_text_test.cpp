#include "core/pace_text.hpp"

#include <gtest/gtest.h>

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr Pace::TimePoint origin{5h};

Pace::State sample() {
    Pace pace({.requests = 10, .window = 60s}, 61s);
    pace.sent(origin + 1s);
    pace.refused({.at = origin + 1s, .beside = 7}, std::nullopt, 3, 10, origin + 2s);
    pace.served({.at = origin + 2s, .beside = 3}, origin + 3s);
    pace.refused({.at = origin + 3s, .beside = 1}, 20s, 0, 10, origin + 4s);
    return pace.state();
}

TEST(PaceText, ReadsBackWhatItWrites) {
    const std::string text = write_pace(sample(), origin);
    const auto read = read_pace(text, origin);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(write_pace(*read, origin), text);
    EXPECT_EQ(read->paused_until, sample().paused_until);
    EXPECT_EQ(read->requests, sample().requests);
    EXPECT_GT(read->requests, 0U);
}

TEST(PaceText, KeepsTimesRelativeToTheOrigin) {
    const auto read = read_pace(write_pace(sample(), origin), origin + 1h);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->paused_until, sample().paused_until + 1h);
}

TEST(PaceText, ReadsNothingElse) {
    const std::string text = write_pace(sample(), origin);
    EXPECT_FALSE(read_pace("", origin));
    EXPECT_FALSE(read_pace(text + " 1", origin));
    EXPECT_FALSE(read_pace(text.substr(0, text.rfind(' ')), origin));
    EXPECT_FALSE(read_pace("x" + text, origin));
    EXPECT_FALSE(read_pace("9223372036854775807" + text.substr(text.find(' ')), origin)) << "no time";
}

} // namespace
} // namespace fathom::detail
