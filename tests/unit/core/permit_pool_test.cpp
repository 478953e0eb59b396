#include "core/permit_pool.hpp"

#include <gtest/gtest.h>

#include <tuple>
#include <vector>

#include "support/samples.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;
using TimePoint = PermitPool::TimePoint;

constexpr auto longest = 48h;

bool is_granted(const RateLimiter::Admission& admission) { return admission.permit.has_value(); }

TimePoint denied_until(const RateLimiter::Admission& admission) {
    EXPECT_FALSE(is_granted(admission));
    return admission.try_again_at;
}

RateLimiter::Permit take(PermitPool& pool, TimePoint now) { return pool.acquire(now, longest).permit.value(); }

class PermitPoolOfTen : public ::testing::Test {
protected:
    void take_and_release(int times, PermitUse use = PermitUse::answered) {
        for (int i = 0; i < times; ++i) pool.release(take(pool, start), use, start);
    }

    PermitPool pool{ten_a_minute, 1s, 10s};
};

TEST_F(PermitPoolOfTen, GrantsTheFirstTenAtOnce) {
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(is_granted(pool.acquire(start, longest))) << i;
}

TEST_F(PermitPoolOfTen, DeniesTheEleventh) {
    for (int i = 0; i < 10; ++i) take(pool, start);
    EXPECT_FALSE(is_granted(pool.acquire(start, longest)));
}

TEST_F(PermitPoolOfTen, DeniesWhileAllAreInFlightHoweverLongTheyTake) {
    for (int i = 0; i < 10; ++i) take(pool, start);
    EXPECT_FALSE(is_granted(pool.acquire(start + 24h, longest)));
}

TEST_F(PermitPoolOfTen, GivesAPermitBackOneWindowAndTheMarginAfterItsEnd) {
    take_and_release(10);
    EXPECT_FALSE(is_granted(pool.acquire(start + 61s - 1ns, longest)));
    EXPECT_TRUE(is_granted(pool.acquire(start + 61s, longest)));
}

TEST_F(PermitPoolOfTen, SaysWhenTheNextPermitComesBack) {
    take_and_release(10);
    EXPECT_EQ(denied_until(pool.acquire(start + 5s, longest)), start + 61s);
}

TEST_F(PermitPoolOfTen, HoldsAnAbandonedPermitLongerSinceItsRequestMayArriveLate) {
    take_and_release(10, PermitUse::abandoned);
    EXPECT_EQ(denied_until(pool.acquire(start + 61s, longest)), start + 71s);
}

TEST_F(PermitPoolOfTen, GivesAPermitBackAtOnceIfNothingWasSent) {
    take_and_release(10, PermitUse::never_sent);
    EXPECT_EQ(pool.free_permits(start), 10U);
}

TEST_F(PermitPoolOfTen, IgnoresASecondReleaseOfTheSamePermit) {
    const RateLimiter::Permit permit = take(pool, start);
    pool.release(permit, PermitUse::never_sent, start);
    pool.release(permit, PermitUse::never_sent, start);
    EXPECT_EQ(pool.free_permits(start), 10U);
}

TEST_F(PermitPoolOfTen, IsClosedUntilTheTimeItWasClosedTo) {
    pool.close(start + 30s);
    EXPECT_EQ(denied_until(pool.acquire(start, longest)), start + 30s);
    EXPECT_TRUE(is_granted(pool.acquire(start + 30s, longest)));
}

TEST_F(PermitPoolOfTen, NeverShortensAClosing) {
    pool.close(start + 30s);
    pool.close(start + 10s);
    EXPECT_EQ(denied_until(pool.acquire(start + 10s, longest)), start + 30s);
}

TEST_F(PermitPoolOfTen, ForecastsTheQueueInRoundsOfTen) {
    take_and_release(10);
    EXPECT_EQ(pool.earliest(0, start), start + 61s);
    EXPECT_EQ(pool.earliest(9, start), start + 61s);
    EXPECT_EQ(pool.earliest(10, start), start + 122s);
}

TEST_F(PermitPoolOfTen, ForecastsThatPermitsInFlightComeBackNoEarlierThanAWindowFromNow) {
    for (int i = 0; i < 10; ++i) take(pool, start);
    EXPECT_EQ(pool.earliest(0, start + 3s), start + 64s);
}

TEST_F(PermitPoolOfTen, TakesAPermitBackWhoseHolderNeverTellsOfItsEnd) {
    for (int i = 0; i < 10; ++i) std::ignore = pool.acquire(start, 30s);
    EXPECT_FALSE(is_granted(pool.acquire(start + 30s + 71s - 1ns, 30s)));
    EXPECT_TRUE(is_granted(pool.acquire(start + 30s + 71s, 30s)));
}

TEST_F(PermitPoolOfTen, ForgetsWhatHasComeBackOfPermitsThatWereTakenElsewhere) {
    for (int hour = 0; hour < 100; ++hour) {
        const TimePoint now = start + std::chrono::hours{hour};
        pool.release(pool.record(now, longest), PermitUse::answered, now);
    }
    EXPECT_LE(pool.state().returning.size(), 1U);
}

TEST_F(PermitPoolOfTen, ForecastsAPermitThatLapsesBeforeItWouldComeBackOtherwise) {
    for (int i = 0; i < 10; ++i) std::ignore = pool.acquire(start, 30s);
    EXPECT_EQ(pool.earliest(0, start + 100s), start + 101s) << "30 s, a window and the time to arrive late";
}

TEST_F(PermitPoolOfTen, GivesARefusedPermitBackWithThePause) {
    const RateLimiter::Permit permit = take(pool, start);
    pool.refused(permit, 5s, start);
    EXPECT_GE(denied_until(pool.acquire(start, longest)), start + 6s);
    pool.release(take(pool, start + 10s), PermitUse::answered, start + 10s);
    EXPECT_EQ(pool.free_permits(start + 10s), 9U);
}

TEST_F(PermitPoolOfTen, LetsNoMoreCallsBeInFlightThanTheWindowHasRoomFor) {
    std::vector<RateLimiter::Permit> permits;
    for (int i = 0; i < 4; ++i) permits.push_back(take(pool, start));
    pool.refused(permits[3], std::nullopt, start + 1ms); // beside three others: two may be in flight from now on
    EXPECT_EQ(pool.pace(start + 1ms).max_in_flight, 2U);
    EXPECT_FALSE(is_granted(pool.acquire(start + 1ms, longest)));
    pool.release(permits[0], PermitUse::answered, start + 1s);
    EXPECT_FALSE(is_granted(pool.acquire(start + 1s, longest)));
    pool.release(permits[1], PermitUse::answered, start + 1s);
    EXPECT_TRUE(is_granted(pool.acquire(start + 1s, longest)));
}

TEST_F(PermitPoolOfTen, ForgetsACallOfADeadHolderWhenItsAttemptMustHaveEnded) {
    std::ignore = pool.acquire(start, 30s);
    pool.refused(take(pool, start), std::nullopt, start);
    EXPECT_EQ(pool.pace(start).max_in_flight, 1U);
    EXPECT_FALSE(is_granted(pool.acquire(start + 29s, 30s)));
    EXPECT_TRUE(is_granted(pool.acquire(start + 30s, 30s))) << "its permit is held longer";
}

TEST_F(PermitPoolOfTen, HoldsWhatTheServiceSaysOthersHaveUsed) {
    pool.tighten(3, start + 20s, start);
    EXPECT_EQ(pool.free_permits(start), 3U);
    pool.tighten(8, start + 90s, start);
    EXPECT_EQ(pool.free_permits(start), 3U) << "never loosened";
    EXPECT_EQ(pool.free_permits(start + 20s), 10U);
}

TEST(PermitPool, TakesALimitOfAnyLength) {
    PermitPool pool({.requests = 2, .window = std::chrono::seconds::max()}, std::chrono::seconds::max(),
                    std::chrono::seconds::max());
    for (int i = 0; i < 2; ++i) pool.release(take(pool, start), PermitUse::abandoned, start);
    EXPECT_FALSE(is_granted(pool.acquire(start + 24h * 365, longest)));
    EXPECT_GT(pool.earliest(1'000'000'000, start), start + 24h * 365);
}

} // namespace
} // namespace fathom::detail
