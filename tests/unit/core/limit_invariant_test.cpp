#include <gtest/gtest.h>

#include <algorithm>

#include "support/limit_simulation.hpp"
#include "support/textbook_rate_limiter.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

#if defined(FATHOM_SANITIZED)
constexpr std::uint64_t histories = 2'000; // sanitizers take ten times as long
#else
constexpr std::uint64_t histories = 10'000;
#endif
constexpr RateLimits service{};

/// The most arrivals that a server sees in one of its windows, however it counts.
std::size_t most_in_any_window(const std::vector<LimitSimulation::TimePoint>& arrivals) {
    const auto rounded = in_whole_seconds(arrivals);
    return std::max({most_in_sliding_window(arrivals, 60s), most_in_fixed_window(arrivals, 60s),
                     most_in_sliding_window(rounded, 60s), most_in_fixed_window(rounded, 60s)});
}

TEST(LimitInvariant, NoServerSeesMoreThanTenInAnyMinuteWhateverHappens) {
    for (std::uint64_t seed = 0; seed < histories; ++seed) {
        LimitSimulation simulation(random_history(seed), local_rate_limiter());
        simulation.run();
        ASSERT_LE(most_in_any_window(simulation.arrivals()), service.reports.requests) << "seed " << seed;
    }
}

TEST(LimitInvariant, EveryCallEndsByItsDeadline) {
    for (std::uint64_t seed = 0; seed < histories / 10; ++seed) {
        LimitSimulation simulation(random_history(seed), local_rate_limiter());
        simulation.run();
        for (const auto& call : simulation.calls()) ASSERT_EQ(call->state, Call::State::finished) << "seed " << seed;
        ASSERT_LE(simulation.end(), simulation.calls().back()->deadline) << "seed " << seed;
    }
}

TEST(LimitInvariant, CallsAreSentInTheOrderInWhichTheyWereMade) {
    for (std::uint64_t seed = 0; seed < histories / 10; ++seed) {
        LimitSimulation simulation(random_history(seed), local_rate_limiter());
        simulation.run();
        ASSERT_TRUE(std::ranges::is_sorted(simulation.first_sends(), {}, &Call::sequence)) << "seed " << seed;
    }
}

TEST(LimitInvariant, NoPermitIsLost) {
    for (std::uint64_t seed = 0; seed < histories / 10; ++seed) {
        const auto limiter = local_rate_limiter();
        LimitSimulation simulation(random_history(seed), limiter);
        simulation.run();
        const auto later = simulation.end() + 10min;
        for (std::size_t i = 0; i < service.reports.requests; ++i) {
            const auto admission = limiter->acquire(LimitGroup::reports, later, 1min).value();
            ASSERT_TRUE(admission.permit) << "seed " << seed;
        }
        const auto admission = limiter->acquire(LimitGroup::reports, later, 1min).value();
        ASSERT_FALSE(admission.permit) << "seed " << seed;
    }
}

TEST(LimitInvariant, ThroughputIsWithinFivePercentOfTheBestPossible) {
    for (const std::chrono::milliseconds latency : {0ms, 400ms, 5'000ms}) {
        LimitSimulation simulation({.seed = 7, .calls = 2'000, .longest_latency = latency * 2, .timeout = 24h},
                                   local_rate_limiter());
        const auto begin = simulation.end();
        simulation.run();
        const std::chrono::duration<double> took = simulation.end() - begin;
        const std::chrono::duration<double> round = 60s + simulation.mean_round_trip();
        const double best = 2'000.0 / 10 * round.count();
        EXPECT_LE(took.count(), best * 1.05) << latency.count() << " ms";
    }
}

TEST(LimitInvariant, IsBrokenByTheTextbookBucket) {
    std::uint64_t broken = 0;
    for (std::uint64_t seed = 0; seed < histories / 10; ++seed) {
        LimitSimulation simulation(random_history(seed), std::make_shared<TextbookRateLimiter>());
        simulation.run();
        if (most_in_any_window(simulation.arrivals()) > service.reports.requests) ++broken;
    }
    EXPECT_GT(broken, histories / 100);
}

} // namespace
} // namespace fathom::detail
