// What the limiter does when the clock of Redis is set.
#include "limiter_fixture.hpp"
#include "redis/server_clock.hpp"

namespace fathom::redis {
namespace {

class RedisClock : public RedisLimiter {
protected:
    /// The limit's time is the server's clock plus what is kept here, so this is as if the clock were set.
    static void set_clock_by(std::chrono::hours step) {
        const std::string microseconds = std::to_string(std::chrono::microseconds(step).count());
        shared_server().command({"HINCRBY", test_name() + ":reports", "correction", microseconds});
    }
};

TEST_F(RedisClock, ThatIsSetForwardFreesNothing) {
    const auto one = limiter();
    const auto permits = take_all(*one, 10s);
    set_clock_by(1h);
    EXPECT_TRUE(is_denied(*one));
    EXPECT_TRUE(is_denied(*limiter()));
    const auto ended_at = Clock::now(); // not after the last end: the first permit comes back a window after its own
    for (const Permit permit : permits) release(*one, permit);
    std::ignore = wait_for_permit(*limiter());
    EXPECT_GE(Clock::now() - ended_at, window - 10ms);
}

TEST_F(RedisClock, ThatIsSetBackHoldsNothingLonger) {
    const auto one = limiter();
    for (const Permit permit : take_all(*one)) release(*one, permit);
    set_clock_by(-1h);
    EXPECT_TRUE(is_denied(*one));
    std::this_thread::sleep_for(window + patience);
    EXPECT_EQ(count_free(*one), 10U);
}

TEST_F(RedisClock, ThatIsSetBackWhileNobodyIsThereCostsAWindowAtMost) {
    for (const auto one = limiter(); const Permit permit : take_all(*one)) release(*one, permit);
    set_clock_by(-1h);
    const auto newcomer = limiter();
    EXPECT_TRUE(is_denied(*newcomer));
    std::this_thread::sleep_for(window + patience);
    EXPECT_EQ(count_free(*newcomer), 10U);
}

TEST_F(RedisClock, IsPutRightForAllByTheFirstWhoNotices) {
    const auto one = limiter();
    const auto other = limiter();
    std::ignore = acquire(*one);
    std::ignore = wait_for_permit(*other, 10s);
    set_clock_by(1h);
    std::ignore = one->free_permits(LimitGroup::reports, Clock::now());
    EXPECT_EQ(other->free_permits(LimitGroup::reports, Clock::now()), 9U);
    EXPECT_EQ(limiter()->free_permits(LimitGroup::reports, Clock::now()), 9U);
}

TEST(ServerClock, OfAMachineThatSleptIsBelieved) {
    using detail::ServerClock;
    const ServerClock::TimePoint awake{1h};
    const std::chrono::system_clock::time_point calendar{1'000h};
    ServerClock clock;
    std::ignore = clock.hear(1'000h, 0us, {awake, awake, calendar});
    // The steady clock stood still meanwhile, the calendar did not.
    EXPECT_EQ(clock.hear(1'003h, 0us, {awake + 1s, awake + 1s, calendar + 3h}), 0us);
    EXPECT_EQ(clock.now(), ServerClock::TimePoint{1'003h});
}

TEST(ServerClock, OfAMachineWhoseCalendarWasSetIsBelieved) {
    using detail::ServerClock;
    const ServerClock::TimePoint start{1h};
    const std::chrono::system_clock::time_point calendar{1'000h};
    ServerClock clock;
    std::ignore = clock.hear(1'000h, 0us, {start, start, calendar});
    EXPECT_EQ(clock.hear(1'000h + 5s, 0us, {start + 5s, start + 5s, calendar + 9h}), 0us);
}

TEST(ServerClock, GoesOnEvenlyWhereTheServersIsSet) {
    using detail::ServerClock;
    const ServerClock::TimePoint start{1h};
    const std::chrono::system_clock::time_point calendar{1'000h};
    ServerClock clock;
    std::ignore = clock.hear(1'000h, 0us, {start, start, calendar});
    EXPECT_EQ(clock.hear(1'001h + 5s, 0us, {start + 5s, start + 5s, calendar + 5s}), -1h);
    EXPECT_EQ(clock.now(), ServerClock::TimePoint{1'000h + 5s});
    EXPECT_EQ(clock.hear(900h, -1h, {start + 7s, start + 7s, calendar + 7s}), 100h + 7s);
    EXPECT_EQ(clock.now(), ServerClock::TimePoint{1'000h + 7s});
}

} // namespace
} // namespace fathom::redis
