#include "core/backoff.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr RetryPolicy policy{.max_attempts = 9, .base_delay = 500ms, .max_delay = 8s};

/// The shortest and the longest of many pauses.
std::pair<std::chrono::milliseconds, std::chrono::milliseconds> range_of_pauses(int attempts) {
    std::minstd_rand random(1);
    auto shortest = std::chrono::milliseconds::max();
    auto longest = std::chrono::milliseconds::min();
    for (int i = 0; i < 10'000; ++i) {
        const std::chrono::milliseconds pause = backoff(policy, attempts, random);
        shortest = std::min(shortest, pause);
        longest = std::max(longest, pause);
    }
    return {shortest, longest};
}

void expect_range(int attempts, std::chrono::milliseconds longest) {
    const auto range = range_of_pauses(attempts);
    EXPECT_LT(range.first, longest / 100);
    EXPECT_GT(range.second, longest - longest / 100);
    EXPECT_LE(range.second, longest);
}

TEST(Backoff, UsesTheWholeRangeUpToTheBaseAfterTheFirstAttempt) { expect_range(1, 500ms); }
TEST(Backoff, DoublesAfterEachAttempt) { expect_range(3, 2s); }
TEST(Backoff, StopsGrowingAtTheCap) { expect_range(8, 8s); }

TEST(Backoff, OfABaseOfZeroIsZero) {
    std::minstd_rand random(1);
    EXPECT_EQ(backoff(RetryPolicy{.base_delay = 0ms}, 2, random), 0ms);
}

} // namespace
} // namespace fathom::detail
