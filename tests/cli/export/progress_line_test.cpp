#include "cli/export/progress_line.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

const HistoryProgress half{.part_done = 0.5, .requests_made = 30, .requests_to_come = 31, .time_left = 3min};
const HistoryProgress more{.part_done = 0.75, .requests_made = 45, .requests_to_come = 16, .time_left = 59s};

TEST(ProgressLine, HasABarAsWideAsTheTerminal) {
    EXPECT_EQ(progress_text(half, 80),
              "███████████████░░░░░░░░░░░░░░░░  50 %, 30 requests made, 31 to come, 3 min left");
    EXPECT_EQ(progress_text(half, 0), " 50 %, 30 requests made, 31 to come, 3 min left");
    EXPECT_EQ(progress_text(half, 50), " 50 %, 30 requests made, 31 to come, 3 min left");
    EXPECT_EQ(progress_text(half, 21), " 50 %, 30 requests m");
}

TEST(ProgressLine, SaysThatAllIsDoneOnlyWhenItIs) {
    EXPECT_EQ(progress_text({.part_done = 0.9999, .requests_made = 1}, 0),
              " 99 %, 1 request made, 0 to come, 0 s left");
    EXPECT_EQ(progress_text({.part_done = 1, .requests_made = 1}, 0), "100 %, 1 request made, 0 to come, 0 s left");
}

TEST(ProgressLine, NamesTimesInWords) {
    EXPECT_EQ(words_for(59s), "59 s");
    EXPECT_EQ(words_for(61s), "2 min");
    EXPECT_EQ(words_for(60min), "1 h 0 min");
    EXPECT_EQ(words_for(27h + 5min), "27 h 5 min");
}

TEST(ProgressLine, MovesOnATerminal) {
    std::ostringstream out;
    ProgressLine line(out, 50);
    const ProgressLine::Clock::time_point begin{};
    line.show(half, begin);
    line.show(more, begin + 100ms); // too early
    line.show(more, begin + 200ms);
    line.show(more, begin + 400ms); // nothing new
    line.clear();
    const std::string clears = "\033[K"; // what is left of the line
    EXPECT_EQ(out.str(),
              '\r' + progress_text(half, 50) + clears + '\r' + progress_text(more, 50) + clears + '\r' + clears);
}

TEST(ProgressLine, IsALineNowAndThenInALog) {
    std::ostringstream out;
    ProgressLine line(out, 0);
    const ProgressLine::Clock::time_point begin{};
    line.show({}, begin);
    line.show(half, begin + 29s);
    line.show(half, begin + 30s);
    line.show(more, begin + 59s);
    line.show(more, begin + 60s);
    line.clear();
    EXPECT_EQ(out.str(), progress_text(half, 0) + "\n" + progress_text(more, 0) + "\n");
}

} // namespace
} // namespace fathom::cli
