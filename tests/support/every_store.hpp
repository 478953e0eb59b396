/// @file
/// Properties that hold whatever keeps the permits: the same histories give the same answers, up to the store's delay.
/// Each program that includes this names the stores that it can make.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "support/limit_simulation.hpp"
#include "support/scheduler_bench.hpp"

namespace fathom::detail {

using namespace std::chrono_literals;

/// What keeps the permits, and how much later it may see what happens.
struct Store {
    const char* name;
    std::uint64_t histories; ///< As many as take a moment.
    std::chrono::milliseconds delay;
    std::function<std::shared_ptr<RateLimiter>()> make;

    friend std::ostream& operator<<(std::ostream& out, const Store& store) { return out << store.name; }
};

class EveryStore : public ::testing::TestWithParam<Store> {};

TEST_P(EveryStore, LetsNoServerSeeMoreThanTheLimit) {
    for (std::uint64_t seed = 0; seed < GetParam().histories; ++seed) {
        LimitSimulation simulation(random_history(seed), GetParam().make());
        simulation.run();
        ASSERT_LE(most_in_sliding_window(simulation.arrivals(), 60s), 10U) << "seed " << seed;
        ASSERT_LE(most_in_fixed_window(in_whole_seconds(simulation.arrivals()), 60s), 10U) << "seed " << seed;
    }
}

TEST_P(EveryStore, ServesInOrderOfArrival) {
    for (std::uint64_t seed = 0; seed < GetParam().histories; ++seed) {
        LimitSimulation simulation(random_history(seed), GetParam().make());
        simulation.run();
        ASSERT_TRUE(std::ranges::is_sorted(simulation.first_sends(), {}, &Call::sequence)) << "seed " << seed;
    }
}

/// Histories without chance after the arrival of the calls, since the delay of a store would let chance fall differently.
inline HistoryOptions even_history(std::uint64_t seed) {
    HistoryOptions options = random_history(seed);
    options.longest_uplink = options.longest_latency = 0ms;
    options.failure_chance = options.unsent_chance = options.outage_chance = options.cancel_chance = 0;
    return options;
}

TEST_P(EveryStore, ServesTheCallsThatMemoryServesAndNoLaterThanItsDelay) {
    for (std::uint64_t seed = 0; seed < GetParam().histories; ++seed) {
        LimitSimulation expected(even_history(seed), local_rate_limiter());
        expected.run();
        LimitSimulation simulation(even_history(seed), GetParam().make());
        simulation.run();
        const auto expected_arrivals = expected.arrivals();
        const auto arrivals = simulation.arrivals();
        ASSERT_EQ(arrivals.size(), expected_arrivals.size()) << "seed " << seed;
        for (std::size_t i = 0; i < arrivals.size(); ++i) {
            ASSERT_GE(arrivals[i], expected_arrivals[i]) << "seed " << seed;
            ASSERT_LE(arrivals[i], expected_arrivals[i] + GetParam().delay) << "seed " << seed;
        }
    }
}

TEST_P(EveryStore, LosesNoPermit) {
    for (std::uint64_t seed = 0; seed < GetParam().histories; ++seed) {
        const auto limiter = GetParam().make();
        LimitSimulation simulation(random_history(seed), limiter);
        simulation.run();
        const auto later = simulation.end() + 10min;
        ASSERT_EQ(limiter->free_permits(LimitGroup::reports, later), 10U) << "seed " << seed;
    }
}

TEST_P(EveryStore, TellsALonelyRefusalFromOneBesideOthers) {
    const auto limiter = GetParam().make();
    const RateLimiter::Clock::time_point now{1h};
    const auto take = [&](auto at) { return limiter->acquire(LimitGroup::reports, at, 1min).value().permit.value(); };
    limiter->refused(LimitGroup::reports, take(now), std::nullopt, now + 1s);
    EXPECT_EQ(limiter->pace(LimitGroup::reports, now + 1s).max_in_flight, std::nullopt);
    EXPECT_EQ(limiter->free_permits(LimitGroup::reports, now + 1s), 0U) << "it pauses";

    const auto later = now + 2min;
    const auto first = take(later);
    limiter->release(LimitGroup::reports, first, PermitUse::answered, later);
    const auto alone_at_first = take(later);
    limiter->release(LimitGroup::reports, take(later), PermitUse::answered, later + 1s);
    limiter->refused(LimitGroup::reports, alone_at_first, std::nullopt, later + 2s);
    EXPECT_EQ(limiter->pace(LimitGroup::reports, later + 2s).max_in_flight, 1U) << "another one followed it";
}

TEST_P(EveryStore, LearnsTheSame) {
    const auto limiter = GetParam().make();
    const RateLimiter::Clock::time_point now{1h};
    const auto first = limiter->acquire(LimitGroup::reports, now, 1min).value().permit.value();
    const auto second = limiter->acquire(LimitGroup::reports, now, 1min).value().permit.value();
    limiter->refused(LimitGroup::reports, second, std::nullopt, now + 1s);
    limiter->release(LimitGroup::reports, first, PermitUse::answered, now + 1s);
    EXPECT_EQ(limiter->pace(LimitGroup::reports, now + 1s).max_in_flight, 1U);
    limiter->tighten(LimitGroup::reports, 2, now + 30s, now + 10s);
    EXPECT_EQ(limiter->free_permits(LimitGroup::reports, now + 30s - 1ns), 1U); // one at a time
}

TEST_P(EveryStore, LetsACallFailAtOnceThatCannotBeServedInTimeAndTellsWhenItCould) {
    SchedulerBench bench({}, GetParam().make());
    std::vector<std::shared_ptr<Call>> calls;
    for (int i = 0; i < 25; ++i) calls.push_back(bench.get("/" + std::to_string(i), {.timeout = 2min}));
    for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(outcome(calls[i]), "") << i;
    for (std::size_t i = 20; i < 25; ++i) {
        ASSERT_EQ(outcome(calls[i]), "rate_limited") << i;
        EXPECT_EQ(calls[i]->outcome->error().available_at, bench.now.calendar + 2 * 61s) << i;
    }
    for (int i = 0; i < 10; ++i) bench.answer(200);
    bench.pass(61s + GetParam().delay);
    for (int i = 0; i < 10; ++i) bench.answer(200, "in time");
    EXPECT_EQ(outcome(calls[19]), "in time");
}

TEST_P(EveryStore, CountsTheCallsOfOtherClientsThatCameFirst) {
    const auto limiter = GetParam().make();
    SchedulerBench others({}, limiter->attach([] {}));
    for (int i = 0; i < 25; ++i) others.get("/" + std::to_string(i), {.timeout = 10min});
    SchedulerBench bench({}, limiter->attach([] {}));
    bench.sleep(1s);
    others.sleep(1s);
    const auto hopeless = bench.get("/soon", {.timeout = 2min});
    ASSERT_EQ(outcome(hopeless), "rate_limited");
    EXPECT_EQ(hopeless->outcome->error().available_at, bench.now.calendar + 2 * 61s);
    const auto later = bench.get("/later", {.timeout = 3min});
    EXPECT_EQ(outcome(later), "");
}

} // namespace fathom::detail
