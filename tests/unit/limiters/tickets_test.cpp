// Clients that share a limit are served in the order in which their calls came.
#include "limiters/tickets.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "file_limiter_fixture.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

/// Two processes whose clients wait; each has its own limiter on the same file.
class FileLimiterOrder : public FileLimiter {
protected:
    FileLimiterOrder() {
        for (int count = 0; count < 10; ++count) {
            one->release(LimitGroup::reports, take(*one, start), PermitUse::answered, start);
        }
        permit_is_back = start + 61s;
    }
    static bool is_served(RateLimiter& limiter, TimePoint now) {
        return limiter.acquire(LimitGroup::reports, now, 1min).value().permit.has_value();
    }
    static TimePoint asks_again_at(RateLimiter& limiter, TimePoint now) {
        return limiter.acquire(LimitGroup::reports, now, 1min).value().try_again_at;
    }
    /// Lets them wait as clients do, who ask when they were told to.
    static void wait_until(TimePoint end, TimePoint begin, const std::vector<RateLimiter*>& clients) {
        std::multimap<TimePoint, RateLimiter*> asks;
        for (RateLimiter* client : clients) asks.emplace(begin, client);
        while (asks.begin()->first < end) {
            const auto [now, client] = *asks.begin();
            asks.erase(asks.begin());
            const auto admission = client->acquire(LimitGroup::reports, now, 1min).value();
            ASSERT_FALSE(admission.permit);
            asks.emplace(admission.try_again_at, client);
        }
    }

    std::shared_ptr<RateLimiter> early = one->attach([this] { ++early_woken; });
    std::shared_ptr<RateLimiter> late = other->attach([] {});
    TimePoint permit_is_back;
    int early_woken = 0;
};

TEST_F(FileLimiterOrder, WhoCameFirstIsServedFirstWhoeverAsksFirst) {
    early->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    late->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    wait_until(permit_is_back, start + 2s, {early.get(), late.get()});
    EXPECT_FALSE(is_served(*late, permit_is_back));
    EXPECT_TRUE(is_served(*early, permit_is_back));
    EXPECT_TRUE(is_served(*late, permit_is_back));
}

TEST_F(FileLimiterOrder, TheCallsOfTwoClientsAreServedInTurn) {
    early->waiting(LimitGroup::reports, 2, start + 1s, start + 3s);
    late->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    wait_until(permit_is_back, start + 3s, {early.get(), late.get()});
    ASSERT_TRUE(is_served(*early, permit_is_back));
    early->waiting(LimitGroup::reports, 1, start + 3s, permit_is_back); // the other one came later
    EXPECT_FALSE(is_served(*early, permit_is_back));
    EXPECT_TRUE(is_served(*late, permit_is_back));
    EXPECT_TRUE(is_served(*early, permit_is_back));
}

TEST_F(FileLimiterOrder, WhoComesWhileOthersWaitDoesNotPassThem) {
    early->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    wait_until(permit_is_back, start + 1s, {early.get()});
    EXPECT_FALSE(is_served(*file_rate_limiter(path), permit_is_back)); // waits for nothing: has just come
    EXPECT_TRUE(is_served(*early, permit_is_back));
}

TEST_F(FileLimiterOrder, AClientThatWasKilledLosesItsTurn) {
    early->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    late->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    wait_until(permit_is_back, start + 2s, {early.get(), late.get()});
    EXPECT_FALSE(is_served(*late, permit_is_back));
    EXPECT_TRUE(is_served(*late, permit_is_back + 2s)); // the other one never came
}

TEST_F(FileLimiterOrder, AClientWithoutCallsIsNotWaitedFor) {
    early->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    ASSERT_FALSE(is_served(*early, start + 1s));
    early->waiting(LimitGroup::reports, 0, {}, start + 2s); // cancelled
    late->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    EXPECT_TRUE(is_served(*late, permit_is_back));
}

TEST_F(FileLimiterOrder, TheCallsOfOthersCountForTheTimeThatACallMustWait) {
    early->waiting(LimitGroup::reports, 25, start + 1s, start + 1s);
    ASSERT_FALSE(is_served(*early, start + 1s));
    late->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    ASSERT_FALSE(is_served(*late, start + 2s));
    EXPECT_EQ(late->earliest(LimitGroup::reports, 0, start + 2s), permit_is_back + 2 * 61s);
    EXPECT_EQ(early->earliest(LimitGroup::reports, 0, start + 2s), permit_is_back);
}

TEST_F(FileLimiterOrder, WhoeverAsksIsToldHowManyCallsWait) {
    early->waiting(LimitGroup::reports, 3, start + 1s, start + 1s);
    late->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    ASSERT_FALSE(is_served(*early, start + 2s));
    ASSERT_FALSE(is_served(*late, start + 2s));
    EXPECT_EQ(file_rate_limiter(path)->pace(LimitGroup::reports, start + 2s).waiting, 4U);
    EXPECT_EQ(other->pace(LimitGroup::resources, start + 2s).waiting, 0U);
    EXPECT_EQ(other->pace(LimitGroup::reports, permit_is_back + 1h).waiting, 0U); // both were killed
}

TEST_F(FileLimiterOrder, WhoWaitsForTheEndOfAnothersAttemptLooksAgainSoon) {
    const auto under_way = take(*one, permit_is_back, 1h);
    while (is_served(*one, permit_is_back)) continue;
    late->waiting(LimitGroup::reports, 1, permit_is_back, permit_is_back);
    const TimePoint again_at = asks_again_at(*late, permit_is_back);
    EXPECT_GE(again_at, permit_is_back + 20ms); // and not without pause
    EXPECT_LE(again_at, permit_is_back + 100ms);
    one->release(LimitGroup::reports, under_way, PermitUse::never_sent, permit_is_back);
    EXPECT_TRUE(is_served(*late, again_at));
}

TEST_F(FileLimiterOrder, WhoWaitsForATimeThatIsKnownOnlyShowsThatItStillWaits) {
    early->waiting(LimitGroup::reports, 100'000, start + 1s, start + 1s);
    EXPECT_EQ(asks_again_at(*early, start + 1s), start + 6s);
    EXPECT_EQ(asks_again_at(*early, permit_is_back - 6s), permit_is_back - 1s);
    EXPECT_EQ(asks_again_at(*early, permit_is_back - 1s), permit_is_back);
}

TEST_F(FileLimiterOrder, WhoLooksAgainWritesSeldom) {
    const auto under_way = take(*one, permit_is_back, 1h);
    while (is_served(*one, permit_is_back)) continue;
    late->waiting(LimitGroup::reports, 100'000, permit_is_back, permit_is_back);
    std::set<std::string> contents;
    for (TimePoint now = permit_is_back; now < permit_is_back + 10s; now = asks_again_at(*late, now)) {
        contents.insert(content());
    }
    EXPECT_LE(contents.size(), 4U);
    one->release(LimitGroup::reports, under_way, PermitUse::answered, permit_is_back + 10s);
}

TEST_F(FileLimiterOrder, WhoIsNotTheFirstLooksAgainSoonToo) {
    const std::array<RateLimiter::Permit, 2> under_way{take(*one, permit_is_back, 1h), take(*one, permit_is_back, 1h)};
    while (is_served(*one, permit_is_back)) continue;
    early->waiting(LimitGroup::reports, 1, permit_is_back, permit_is_back);
    late->waiting(LimitGroup::reports, 1, permit_is_back + 1ms, permit_is_back + 1ms);
    ASSERT_FALSE(is_served(*early, permit_is_back + 1ms));
    const TimePoint again_at = asks_again_at(*late, permit_is_back + 1ms);
    EXPECT_LE(again_at, permit_is_back + 100ms);
    for (const auto permit : under_way) one->release(LimitGroup::reports, permit, PermitUse::never_sent, again_at);
    EXPECT_TRUE(is_served(*early, again_at));
    EXPECT_TRUE(is_served(*late, again_at));
}

TEST_F(FileLimiterOrder, WhoSeesAFreePermitOnAnothersTurnLooksAgainSooner) {
    const auto under_way = take(*one, permit_is_back, 1h);
    while (is_served(*one, permit_is_back)) continue;
    early->waiting(LimitGroup::reports, 1, permit_is_back, permit_is_back);
    late->waiting(LimitGroup::reports, 1, permit_is_back + 1ms, permit_is_back + 1ms);
    ASSERT_FALSE(is_served(*early, permit_is_back + 1ms));
    one->release(LimitGroup::reports, under_way, PermitUse::never_sent, permit_is_back + 2ms);
    EXPECT_LE(asks_again_at(*late, permit_is_back + 2ms), permit_is_back + 12ms);
}

TEST_F(FileLimiterOrder, AnEarlyReturnIsNotKeptForAKilledClient) {
    const auto under_way = take(*one, permit_is_back, 1h);
    while (is_served(*one, permit_is_back)) continue;
    early->waiting(LimitGroup::reports, 1, permit_is_back, permit_is_back);
    late->waiting(LimitGroup::reports, 1, permit_is_back + 1ms, permit_is_back + 1ms);
    ASSERT_FALSE(is_served(*early, permit_is_back + 1ms)); // and never asks again
    ASSERT_FALSE(is_served(*late, permit_is_back + 1ms));
    one->release(LimitGroup::reports, under_way, PermitUse::never_sent, permit_is_back + 2ms);
    EXPECT_FALSE(is_served(*late, permit_is_back + 3ms));
    EXPECT_TRUE(is_served(*late, permit_is_back + 2ms + 500ms));
}

TEST_F(FileLimiterOrder, TheCallsOfAKilledClientCountForSecondsAndNotForAWindow) {
    early->waiting(LimitGroup::reports, 25, start + 1s, start + 1s);
    ASSERT_FALSE(is_served(*early, start + 1s));
    late->waiting(LimitGroup::reports, 1, start + 2s, start + 2s);
    ASSERT_FALSE(is_served(*late, start + 8s));
    EXPECT_EQ(late->earliest(LimitGroup::reports, 0, start + 8s), permit_is_back);
}

TEST_F(FileLimiterOrder, AnotherClientOfTheProcessIsWokenAtOnce) {
    early->waiting(LimitGroup::reports, 1, start + 1s, start + 1s);
    const auto third = one->attach([] {});
    third->release(LimitGroup::reports, RateLimiter::Permit{1}, PermitUse::never_sent, start + 1s);
    EXPECT_EQ(early_woken, 1);
}

} // namespace
} // namespace fathom
