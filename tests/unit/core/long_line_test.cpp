// What it takes to wait when many calls do.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "support/scheduler_bench.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

/// One that has nothing for now and wants to be asked again soon, since others share it.
class SharedLimiter final : public RateLimiter {
public:
    Result<Admission> acquire(LimitGroup, Clock::time_point now, Clock::duration) override {
        ++asked_for_permits;
        return Denied{now + 50ms};
    }
    void release(LimitGroup, Permit, PermitUse, Clock::time_point) override {}
    void close(LimitGroup, Clock::time_point, Clock::time_point) override {}
    [[nodiscard]] Clock::time_point earliest(LimitGroup, std::size_t ahead, Clock::time_point) const override {
        ++asked_for_times;
        return first_served_at + 6s * static_cast<std::int64_t>(ahead);
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup, Clock::time_point) const override { return 0; }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

    Clock::time_point first_served_at{2h};
    std::size_t asked_for_permits = 0;
    mutable std::size_t asked_for_times = 0;

private:
    RateLimits limits_{};
};

class LongLine : public ::testing::Test {
protected:
    static constexpr std::size_t size = 10'000;

    LongLine() {
        for (std::size_t i = 0; i < size; ++i) {
            const auto until_served = 1h + 6s * static_cast<std::int64_t>(i);
            calls.push_back(bench.get("/" + std::to_string(i), {.timeout = until_served + 30min}));
        }
    }

    std::shared_ptr<SharedLimiter> limiter = std::make_shared<SharedLimiter>();
    SchedulerBench bench{{}, limiter};
    std::vector<std::shared_ptr<Call>> calls{};
};

TEST_F(LongLine, IsSeldomLookedThroughHoweverOftenTheLimiterIsAsked) {
    const std::size_t asked_before = limiter->asked_for_permits;
    limiter->asked_for_times = 0;
    bench.pass(10s);
    EXPECT_GE(limiter->asked_for_permits - asked_before, 200U);
    EXPECT_LE(limiter->asked_for_times, size);
}

TEST_F(LongLine, LosesWhatHasBecomeHopelessWithinSeconds) {
    limiter->first_served_at += 40min;
    bench.pass(3s);
    ASSERT_EQ(outcome(calls.front()), "rate_limited");
    EXPECT_EQ(calls.front()->outcome->error().available_at, bench.now.calendar - 3s + 1h + 40min);
    EXPECT_EQ(std::ranges::count_if(calls, [](const auto& call) { return call->outcome.has_value(); }), 101)
        << "the others move up";
}

TEST_F(LongLine, KeepsWhoIsServedInTimeWhereOthersAreNot) {
    const auto impatient = bench.get("/late", {.timeout = 1h + 6s * static_cast<std::int64_t>(size - 1)});
    EXPECT_EQ(outcome(impatient), "rate_limited");
    limiter->first_served_at += 1min;
    bench.pass(3s);
    EXPECT_TRUE(std::ranges::none_of(calls, [](const auto& call) { return call->outcome.has_value(); }));
}

} // namespace
} // namespace fathom::detail
