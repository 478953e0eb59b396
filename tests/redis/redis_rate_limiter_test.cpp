// What the limiter does while all is well.
#include <sys/time.h>

#include <atomic>
#include <csignal>
#include <optional>

#include "limiter_fixture.hpp"
#include "support/limit_simulation.hpp"
#include "support/workers.hpp"

namespace fathom::redis {
namespace {

TEST_F(RedisLimiter, GrantsTheFirstTenAtOnce) { EXPECT_EQ(take_all(*limiter()).size(), 10U); }

TEST_F(RedisLimiter, SharesThePermitsBetweenAllOfTheSameName) {
    const auto one = limiter();
    const auto other = limiter();
    EXPECT_EQ(take_all(*one).size(), 10U);
    EXPECT_TRUE(is_denied(*other));
}

TEST_F(RedisLimiter, KeepsTheGroupsApart) {
    const auto one = limiter();
    std::ignore = one->acquire(LimitGroup::resources, Clock::now(), longest_attempt); // meets a new Redis
    take_all(*one);
    EXPECT_TRUE(one->acquire(LimitGroup::resources, Clock::now(), longest_attempt).value().permit);
}

TEST_F(RedisLimiter, SaysWhenToTryAgain) {
    const auto one = limiter();
    const auto permits = take_all(*one);
    const auto ended_at = Clock::now();
    for (const Permit permit : permits) release(*one, permit);
    const auto denied = acquire(*one).value();
    EXPECT_GE(denied.try_again_at, ended_at + window - patience); // less the way to Redis and back
    EXPECT_LT(denied.try_again_at, Clock::now() + window);
}

TEST_F(RedisLimiter, GivesAPermitBackAWindowAfterItsEndWhoeverAsks) {
    const auto one = limiter();
    const auto other = limiter();
    const auto permits = take_all(*one);
    const auto ended_at = Clock::now();
    for (const Permit permit : permits) release(*one, permit);
    std::ignore = wait_for_permit(*other);
    EXPECT_GE(Clock::now() - ended_at, window);
}

TEST_F(RedisLimiter, GivesAPermitThatWasNeverUsedBackAtOnce) {
    const auto one = limiter();
    const auto permits = take_all(*one);
    release(*one, permits.front(), PermitUse::never_sent);
    EXPECT_EQ(one->free_permits(LimitGroup::reports, Clock::now()), 1U);
    EXPECT_TRUE(is_granted(*one));
}

TEST_F(RedisLimiter, TakesPermitsInFlightForNoReasonToRefuse) {
    const auto one = limiter();
    take_all(*one, 1h);
    const auto now = Clock::now();
    EXPECT_TRUE(is_denied(*one));
    EXPECT_LE(one->earliest(LimitGroup::reports, 9, now), now + window + patience); // they may end at once
}

TEST_F(RedisLimiter, LetsAWaitingClientSeeAnEarlyReturnAtOnce) {
    const auto one = limiter();
    const auto other = limiter();
    const auto permits = take_all(*one, 1h);
    const auto denied = acquire(*other).value();
    ASSERT_FALSE(denied.permit);
    release(*one, permits.front(), PermitUse::never_sent);
    std::this_thread::sleep_until(denied.try_again_at);
    EXPECT_TRUE(is_granted(*other));
    EXPECT_LE(denied.try_again_at, Clock::now() + 1s);
}

TEST_F(RedisLimiter, KeepsAnEarlyReturnForNoClientThatWasKilled) {
    const auto one = limiter();
    const auto killed = limiter()->attach([] {});
    const auto alive = limiter()->attach([] {});
    const auto permits = take_all(*one, 1h);
    const auto now = Clock::now();
    killed->waiting(LimitGroup::reports, 1, now - 1s, now);
    ASSERT_TRUE(is_denied(*killed));
    alive->waiting(LimitGroup::reports, 1, now, now);
    ASSERT_TRUE(is_denied(*alive));
    release(*one, permits.front(), PermitUse::never_sent);
    std::this_thread::sleep_for(1s);
    EXPECT_TRUE(is_granted(*alive));
}

TEST_F(RedisLimiter, SharesWhatItHasLearntOfTheService) {
    const auto one = limiter();
    const auto other = limiter();
    const Permit first = wait_for_permit(*one, 10s);
    const Permit second = wait_for_permit(*one, 10s);
    one->refused(LimitGroup::reports, second, std::nullopt, Clock::now()); // beside another: perhaps a cap
    release(*one, first);
    std::ignore = acquire(*other);
    EXPECT_EQ(other->pace(LimitGroup::reports, Clock::now()).max_in_flight, 1U);
}

TEST_F(RedisLimiter, ServesFirstWhoseCallCameFirst) {
    const auto one = limiter();
    const auto early = one->attach([] {});
    const auto late = limiter()->attach([] {});
    const auto permits = take_all(*one, 10s);
    const auto now = Clock::now();
    late->waiting(LimitGroup::reports, 1, now, now);
    ASSERT_TRUE(is_denied(*late));
    early->waiting(LimitGroup::reports, 3, now - 1s, now);
    ASSERT_TRUE(is_denied(*early));
    ASSERT_TRUE(is_denied(*late)); // sees that others wait
    // Ten come before it.
    EXPECT_GE(late->earliest(LimitGroup::reports, 7, Clock::now() + 50ms), now + 2 * window - patience);
    release(*one, permits.front(), PermitUse::never_sent);
    EXPECT_TRUE(is_denied(*late));
    EXPECT_TRUE(is_granted(*early));
}

TEST_F(RedisLimiter, IsNotDisturbedBySignals) {
    const auto one = limiter();
    std::signal(SIGALRM, [](int) {});
    const itimerval each_millisecond{{.tv_sec = 0, .tv_usec = 1'000}, {.tv_sec = 0, .tv_usec = 1'000}};
    ::setitimer(ITIMER_REAL, &each_millisecond, nullptr);
    const auto until = Clock::now() + 300ms;
    std::optional<Error> error;
    while (Clock::now() < until && !error) {
        const auto admission = acquire(*limiter()); // connects anew
        if (!admission) error = admission.error();
    }
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    std::signal(SIGALRM, SIG_DFL);
    EXPECT_FALSE(error) << *error;
}

TEST_F(RedisLimiter, GivesAPermitBackOnceHoweverOftenItsEndIsTold) {
    const auto one = limiter();
    const auto permits = take_all(*one);
    release(*one, permits.front(), PermitUse::never_sent);
    release(*one, permits.front(), PermitUse::never_sent);
    EXPECT_EQ(count_free(*one), 1U);
}

TEST_F(RedisLimiter, GivesBackByTimeWhatADeadClientHeld) {
    const auto taken_at = Clock::now();
    EXPECT_EQ(take_all(*limiter()).size(), 10U); // and forgets the permits
    std::ignore = wait_for_permit(*limiter());
    EXPECT_GE(Clock::now() - taken_at, window);
}

TEST_F(RedisLimiter, HoldsThePermitOfALongAttemptHoweverSoonOthersEnd) {
    const auto one = limiter();
    const auto permits = take_all(*one, 10s);
    release(*one, permits.front()); // comes back in a second, the others do not
    std::this_thread::sleep_for(2 * window + 200ms);
    EXPECT_EQ(count_free(*limiter()), 1U);
}

TEST_F(RedisLimiter, ClosesTheGroupForAll) {
    const auto one = limiter();
    const auto other = limiter();
    std::ignore = wait_for_permit(*other);
    const auto now = Clock::now();
    one->close(LimitGroup::reports, now + 500ms, now);
    EXPECT_TRUE(is_denied(*other));
    std::ignore = wait_for_permit(*other);
    EXPECT_GE(Clock::now() - now, 499ms); // the server counts microseconds
}

TEST_F(RedisLimiter, KeepsWhatItKnowsThroughAShortClosing) {
    const auto one = limiter();
    const auto permits = take_all(*one, 10s);
    const auto now = Clock::now();
    one->close(LimitGroup::reports, now + 50ms, now);
    std::this_thread::sleep_for(200ms);
    EXPECT_TRUE(is_denied(*limiter()));
}

TEST_F(RedisLimiter, CountsAsFreeWhatNobodyHolds) {
    const auto one = limiter();
    const auto other = limiter();
    for (int count = 0; count < 3; ++count) std::ignore = wait_for_permit(*one);
    release(*other, wait_for_permit(*other));
    EXPECT_EQ(one->free_permits(LimitGroup::reports, Clock::now()), 6U);
}

TEST_F(RedisLimiter, HoldsForManyThreadsAtOnce) {
    const auto shared = limiter();
    std::ignore = wait_for_permit(*shared);
    std::atomic<int> granted = 1;
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number) {
        threads.emplace_back([&] {
            for (int turn = 0; turn < 10; ++turn) {
                if (is_granted(*shared)) ++granted;
                std::ignore = shared->free_permits(LimitGroup::reports, Clock::now());
                std::ignore = shared->earliest(LimitGroup::reports, 3, Clock::now());
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(granted, 10);
}

TEST_F(RedisLimiter, HoldsForManyProcessesAtOnce) {
    Workers workers(place());
    for (int number = 0; number < 8; ++number) workers.start("4500");
    const auto arrivals = workers.arrivals();
    EXPECT_LE(fathom::detail::most_in_sliding_window(arrivals, window), 10U);
    EXPECT_GE(arrivals.size(), 25U); // three windows and a bit after the first, less what the latencies cost
}

TEST_F(RedisLimiter, SurvivesAProcessThatDiesHoldingPermits) {
    std::ignore = wait_for_permit(*limiter());
    Workers dying(place());
    dying.start("die");
    const auto death = dying.arrivals();
    ASSERT_EQ(death.size(), 1U);
    Workers workers(place());
    workers.start("2500");
    const auto arrivals = workers.arrivals();
    ASSERT_FALSE(arrivals.empty());
    EXPECT_GE(arrivals.front() - death.front(), window);
}

} // namespace
} // namespace fathom::redis
