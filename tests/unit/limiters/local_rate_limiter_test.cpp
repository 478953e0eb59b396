// Clients of one process that share a limit.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include <fathom/rate_limit.hpp>

#include "support/samples.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;
using TimePoint = RateLimiter::Clock::time_point;

constexpr RateLimits two_a_minute{.reports = {.requests = 2, .window = 60s}};

bool takes(RateLimiter& limiter, TimePoint now) {
    return limiter.acquire(LimitGroup::reports, now, 1min).value().permit.has_value();
}

class TwoViews : public ::testing::Test {
protected:
    void SetUp() override {
        for (int i = 0; i < 2; ++i) {
            const auto admission = limiter->acquire(LimitGroup::reports, start, 1min);
            limiter->release(LimitGroup::reports, *admission->permit, PermitUse::answered, start);
        }
    }

    std::shared_ptr<RateLimiter> limiter = local_rate_limiter(two_a_minute);
    int words_to_one = 0;
    int words_to_two = 0;
    std::shared_ptr<RateLimiter> one = limiter->attach([this] { ++words_to_one; });
    std::shared_ptr<RateLimiter> two = limiter->attach([this] { ++words_to_two; });
};

TEST_F(TwoViews, AreServedInTheOrderInWhichTheirOldestCallsCame) {
    two->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    EXPECT_FALSE(takes(*two, start + 1s));
    one->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    EXPECT_FALSE(takes(*one, start + 2s));
    EXPECT_FALSE(takes(*one, start + 61s)) << "the other one came first";
    EXPECT_TRUE(takes(*two, start + 61s));
    two->waiting(LimitGroup::reports, 0, {}, start + 61s);
    EXPECT_TRUE(takes(*one, start + 61s));
}

TEST_F(TwoViews, PassOverOneThatDoesNotCome) {
    two->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    EXPECT_FALSE(takes(*two, start + 1s));
    one->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    EXPECT_FALSE(takes(*one, start + 61s));
    EXPECT_TRUE(takes(*one, start + 62s));
}

TEST_F(TwoViews, PassOverNobodyWhoCameAndHadToLetAnotherGoFirst) {
    const auto three = limiter->attach([] {});
    two->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    EXPECT_FALSE(takes(*two, start + 1s));
    one->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    EXPECT_FALSE(takes(*one, start + 2s));
    three->waiting(LimitGroup::reports, 1, start + 3s, start + 3s);
    EXPECT_TRUE(takes(*two, start + 61s));
    two->waiting(LimitGroup::reports, 0, {}, start + 61s);
    EXPECT_FALSE(takes(*three, start + 61s)) << "the other one came first, and has had word of the second permit";
    EXPECT_TRUE(takes(*one, start + 61s));
}

TEST_F(TwoViews, CountTheCallsOfTheOtherOneThatCameBefore) {
    two->waiting(LimitGroup::reports, 5, start + 1s, start + 1s);
    EXPECT_FALSE(takes(*two, start + 1s));
    const TimePoint in_the_third_window = start + 3 * 61s;
    EXPECT_EQ(one->earliest(LimitGroup::reports, 0, start + 2s), in_the_third_window);
    EXPECT_EQ(two->earliest(LimitGroup::reports, 0, start + 2s), start + 61s);
    one->waiting(LimitGroup::reports, 1, start + 3s, start + 3s);
    EXPECT_EQ(one->earliest(LimitGroup::reports, 0, start + 4s), in_the_third_window);
    two->waiting(LimitGroup::reports, 6, start + 1s, start + 4s);
    EXPECT_EQ(one->earliest(LimitGroup::reports, 0, start + 4s), start + 61s)
        << "only one is known to have come before, and what is not certain refuses no call";
}

TEST_F(TwoViews, ForgetOneThatIsGone) {
    two->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    EXPECT_FALSE(takes(*two, start + 1s));
    two.reset();
    one->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    EXPECT_TRUE(takes(*one, start + 61s));
}

TEST_F(TwoViews, AreToldAtOnceWhenAPermitComesBackEarly) {
    const auto admission = one->acquire(LimitGroup::reports, start + 61s, 1min);
    EXPECT_TRUE(takes(*one, start + 61s));
    two->waiting(LimitGroup::reports, 1, start + 62s, start + 62s);
    EXPECT_FALSE(takes(*two, start + 62s));
    const int words = words_to_two;
    one->release(LimitGroup::reports, *admission->permit, PermitUse::never_sent, start + 63s);
    EXPECT_EQ(words_to_two, words + 1);
    EXPECT_EQ(words_to_one, 0) << "who brings a change needs no word of it";
    EXPECT_TRUE(takes(*two, start + 63s));
}

} // namespace
} // namespace fathom::detail
