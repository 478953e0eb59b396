// What a limiter does that a program wrote, where it leaves a function as it is.
#include <gtest/gtest.h>

#include <fathom/rate_limit.hpp>

namespace fathom {
namespace {

using namespace std::chrono_literals;

constexpr LimitGroup group = LimitGroup::reports;

/// Notes until when it was closed.
class NotingLimiter final : public RateLimiter {
public:
    Result<Admission> acquire(LimitGroup, Clock::time_point, Clock::duration) override { return Permit{}; }
    void release(LimitGroup, Permit, PermitUse, Clock::time_point) override { ++released; }
    void close(LimitGroup, Clock::time_point until, Clock::time_point) override { closed_until = until; }
    [[nodiscard]] Clock::time_point earliest(LimitGroup, std::size_t, Clock::time_point now) const override {
        return now;
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup, Clock::time_point) const override { return 1; }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

    int released = 0;
    Clock::time_point closed_until{};

private:
    RateLimits limits_{.reports = {.requests = 10, .window = 60s}, .margin = 1s};
};

class LimiterDefaults : public ::testing::Test {
protected:
    NotingLimiter limiter;
    RateLimiter::Clock::time_point now{1h};
};

TEST_F(LimiterDefaults, CloseTheGroupWhereTheServiceSaysThatNothingRemains) {
    limiter.tighten(group, 1, now + 30s, now);
    EXPECT_EQ(limiter.closed_until, RateLimiter::Clock::time_point{});
    limiter.tighten(group, 0, now + 30s, now);
    EXPECT_EQ(limiter.closed_until, now + 30s);
}

TEST_F(LimiterDefaults, CloseTheGroupAfterARefusalForAsLongAsTheServiceAsks) {
    limiter.refused(group, {}, 7s, now);
    EXPECT_EQ(limiter.closed_until, now + 7s + 1s);
    EXPECT_EQ(limiter.released, 1);
}

TEST_F(LimiterDefaults, CloseTheGroupForAWindowWhereTheServiceAsksForNothing) {
    limiter.refused(group, {}, std::nullopt, now);
    EXPECT_EQ(limiter.closed_until, now + 60s + 1s);
}

TEST_F(LimiterDefaults, HaveThePaceOfTheirLimit) { EXPECT_EQ(limiter.pace(group, now), (LimitPace{.requests = 10})); }

} // namespace
} // namespace fathom
