// The limiter against servers that limit in all ways that are known; fathom_limit_table prints the figures in full.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/limit_simulation.hpp"
#include "support/limit_world.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr RateLimit ten_a_minute{.requests = 10, .window = 60s};

LimitWorldOptions twenty_callers(std::uint64_t seed, std::size_t processes = 1) {
    return {.seed = seed, .processes = processes, .slow_share = 0.1};
}

/// The permits are no bound, so that the cap alone is seen; the default deadline of two minutes.
LimitWorldOptions under_a_cap(std::uint64_t seed, std::size_t processes = 1) {
    LimitWorldOptions options{.seed = seed, .processes = processes, .length = 600s, .timeout = 120s};
    options.limits.reports = {.requests = 1'000'000, .window = 3'600s};
    return options;
}

TEST(LimitServers, OfEachWindowServeAlmostAllThatIsPossibleWithoutARefusal) {
    for (const std::size_t processes : {std::size_t{1}, std::size_t{4}}) {
        for (const auto& server : {sliding_log, +[](RateLimit limit, bool) { return aligned_windows(limit); },
                                   +[](RateLimit limit, bool) { return windows_from_first_hit(limit); },
                                   +[](RateLimit limit, bool) { return leaky_bucket(limit); }}) {
            for (const bool counts_refused : {false, true}) {
                const auto limiting = server(ten_a_minute, counts_refused);
                const LimitWorldResult result = simulate(twenty_callers(41, processes), *limiting);
                EXPECT_GE(result.served, 582U) << "97 % of ten a minute";
                EXPECT_EQ(result.refused_early + result.refused_late, 0U);
                EXPECT_EQ(result.failed, 0U);
                EXPECT_LE(result.longest_wait, 144s) << "1.2 times as long as 20 callers at 10 a minute wait";
            }
        }
    }
}

TEST(LimitServers, ThatCapTheCallsInFlightAreFilledAndHardlyRefuse) {
    for (const std::size_t processes : {std::size_t{1}, std::size_t{4}}) {
        for (const std::size_t cap : {std::size_t{1}, std::size_t{3}, std::size_t{5}}) {
            const LimitWorldOptions options = under_a_cap(42, processes);
            const auto server = concurrency_cap(cap);
            const LimitWorldResult result = simulate(options, *server);
            const double possible = static_cast<double>(cap) * 600 / 0.44;
            EXPECT_GE(static_cast<double>(result.served), 0.97 * possible) << "cap " << cap;
            EXPECT_LE(result.refused_early, 60U) << "cap " << cap;
            EXPECT_EQ(result.failed, 0U) << "cap " << cap;
            EXPECT_LE(result.longest_wait, fair_longest_wait(options, cap) * 13 / 10) << "cap " << cap;
        }
    }
}

TEST(LimitServers, ThatCapTheCallsInFlightServeEachBurst) {
    for (const std::size_t cap : {std::size_t{1}, std::size_t{3}, std::size_t{5}}) {
        LimitWorldOptions options = under_a_cap(43);
        options.burst_interval = 120s;
        const auto server = concurrency_cap(cap);
        const LimitWorldResult result = simulate(options, *server);
        EXPECT_EQ(result.made, 100U);
        EXPECT_EQ(result.served, 100U) << "cap " << cap;
    }
}

TEST(LimitServers, ThatCapAndCountServeAlmostAllThatIsPossible) {
    const auto server = cap_and_window(3, ten_a_minute);
    const LimitWorldResult result = simulate(twenty_callers(44), *server);
    EXPECT_GE(result.served, 576U);
    EXPECT_LE(result.refused_early + result.refused_late, 30U);
    EXPECT_EQ(result.failed, 0U);
}

TEST(LimitServers, ThatCountWhatTheyRefuseAreLearnt) {
    for (const std::size_t processes : {std::size_t{1}, std::size_t{4}}) {
        const auto server = weighted_counter(ten_a_minute);
        const LimitWorldResult result = simulate(twenty_callers(45, processes), *server);
        EXPECT_GE(result.served, 492U) << "82 % of perfect pacing";
        EXPECT_LE(result.refused_early + result.refused_late, 20U);
    }
}

TEST(LimitServers, AreSharedFairlyWithAStranger) {
    for (const Stranger stranger : {Stranger::even, Stranger::in_a_row}) {
        LimitWorldOptions options = twenty_callers(46);
        options.stranger = stranger;
        const auto server = sliding_log(ten_a_minute, false);
        const LimitWorldResult result = simulate(options, *server);
        EXPECT_GE(result.served, 240U) << "80 % of half";
        EXPECT_GE(result.stranger_served * 10, (result.stranger_served + result.stranger_refused) * 6);
    }
}

TEST(LimitServers, NeverServeMoreThanTheLimitWhateverTheyRefuse) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto server = cap_and_window(1 + seed % 5, {.requests = 1'000, .window = 60s}); // would serve more
        const LimitWorldResult result = simulate(twenty_callers(seed, 1 + seed % 3), *server);
        EXPECT_LE(most_in_sliding_window(result.arrivals_served, 60s), 10U) << "seed " << seed;
    }
}

} // namespace
} // namespace fathom::detail
