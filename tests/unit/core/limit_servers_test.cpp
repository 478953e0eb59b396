// The limiter against servers that limit in all ways that are known; fathom_limit_table prints the figures in full.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>

#include <fathom/file_rate_limiter.hpp>

#include "support/limit_simulation.hpp"
#include "support/limit_world.hpp"
#include "support/samples.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

LimitWorldOptions twenty_callers(std::uint64_t seed, std::size_t processes = 1) {
    return {.seed = seed, .processes = processes, .slow_share = 0.1};
}

/// A deadline that leaves 1.2 times as long as an all-knowing client would need.
LimitWorldOptions with_little_patience(LimitWorldOptions options) {
    options.timeout = 144s;
    return options;
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
                const LimitWorldResult result =
                    simulate(with_little_patience(twenty_callers(41, processes)), *limiting);
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
            EXPECT_LE(result.refused_early, 40U) << "cap " << cap;
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
    for (std::uint64_t seed = 44; seed < 52; ++seed) {
        const auto server = cap_and_window(3, ten_a_minute);
        const LimitWorldResult result = simulate(twenty_callers(seed, seed % 2 == 0 ? 1 : 4), *server);
        EXPECT_GE(result.served, 576U);
        EXPECT_LE(result.refused_early + result.refused_late, 15U);
        EXPECT_EQ(result.failed, 0U);
        EXPECT_LE(result.longest_wait, 156s) << "1.3 times as long as 20 callers at 10 a minute wait";
    }
}

TEST(LimitServers, ThatCountWhatTheyRefuseAreLearnt) {
    for (const std::size_t processes : {std::size_t{1}, std::size_t{4}}) {
        const auto server = weighted_counter(ten_a_minute);
        const LimitWorldResult result = simulate(twenty_callers(45, processes), *server);
        EXPECT_GE(result.served, 492U) << "82 % of perfect pacing";
        EXPECT_LE(result.refused_early + result.refused_late, 20U);
    }
}

/// Means over a few histories, since chance decides who is refused.
struct Shares {
    double own = 0;
    double strangers = 0;
};

Shares beside(Stranger stranger, bool counts_refused, std::size_t processes) {
    constexpr int histories = 6;
    Shares shares;
    for (std::uint64_t seed = 460; seed < 460 + histories; ++seed) {
        LimitWorldOptions options = twenty_callers(seed, processes);
        options.stranger = stranger;
        const auto server = sliding_log(ten_a_minute, counts_refused);
        const LimitWorldResult result = simulate(options, *server);
        const std::size_t strangers = result.stranger_served + result.stranger_refused;
        shares.own += static_cast<double>(result.served) / 300 / histories;
        shares.strangers += static_cast<double>(result.stranger_served) / static_cast<double>(strangers) / histories;
    }
    return shares;
}

TEST(LimitServers, AreSharedFairlyWithAStranger) {
    for (const std::size_t processes : {std::size_t{1}, std::size_t{4}}) {
        for (const Stranger stranger : {Stranger::even, Stranger::in_a_row}) {
            const Shares shares = beside(stranger, false, processes);
            EXPECT_GE(shares.own, 0.8);
            EXPECT_GE(shares.strangers, 0.8);
        }
        // Where refusals count too, a client that knew the stranger's mean and kept to a pace of its own would get 78 %.
        const Shares shares = beside(Stranger::even, true, processes);
        EXPECT_GE(shares.own, 0.7);
        EXPECT_GE(shares.strangers, 0.8);
    }
}

/// As if four processes shared a limit by a file.
class LimitServersByFile : public ::testing::Test {
protected:
    ~LimitServersByFile() override { std::filesystem::remove(file_); }

    [[nodiscard]] LimitWorldOptions four_processes(std::uint64_t seed) const {
        LimitWorldOptions options = twenty_callers(seed, 4);
        options.make_limiter = [file = file_](const RateLimits& limits) { return file_rate_limiter(file, limits); };
        std::filesystem::remove(file_);
        return options;
    }

private:
    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / ("fathom-limit-servers-" + std::to_string(::getpid()));
};

TEST_F(LimitServersByFile, ServeAllCallsWhoseDeadlinesLeaveRoom) {
    const auto server = sliding_log(ten_a_minute, false);
    const LimitWorldResult result = simulate(with_little_patience(four_processes(50)), *server);
    EXPECT_GE(result.served, 582U);
    EXPECT_EQ(result.failed, 0U);
    EXPECT_EQ(result.refused_early + result.refused_late, 0U);
}

TEST_F(LimitServersByFile, ThatCountWhatTheyRefuseAreLearnt) {
    const auto server = weighted_counter(ten_a_minute);
    const LimitWorldResult result = simulate(four_processes(51), *server);
    EXPECT_GE(result.served, 492U) << "82 % of perfect pacing";
    EXPECT_LE(result.refused_early + result.refused_late, 20U);
}

TEST_F(LimitServersByFile, ThatCapTheCallsInFlightAreFilled) {
    LimitWorldOptions options = four_processes(52);
    options.limits.reports = {.requests = 1'000, .window = 60s};
    options.slow_share = 0;
    options.length = 120s;
    const auto server = concurrency_cap(3);
    const LimitWorldResult result = simulate(options, *server);
    EXPECT_GE(static_cast<double>(result.served), 0.95 * 3 * 120 / 0.44) << "the cap has to be found first";
    EXPECT_LE(result.refused_early, 40U);
    EXPECT_EQ(result.failed, 0U);
}

TEST(LimitServers, NeverServeMoreThanTheLimitWhateverTheyRefuse) {
    for (std::size_t seed = 0; seed < 20; ++seed) {
        const auto server = cap_and_window(1 + seed % 5, {.requests = 1'000, .window = 60s}); // would serve more
        const LimitWorldResult result = simulate(twenty_callers(seed, 1 + seed % 3), *server);
        EXPECT_LE(most_in_sliding_window(result.arrivals_served, 60s), 10U) << "seed " << seed;
    }
}

} // namespace
} // namespace fathom::detail
