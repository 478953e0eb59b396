// The limiter on a real Redis. Its times are the server's, so these tests take real time, with windows of a second.
#include <fathom/redis/redis_rate_limiter.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "redis_server.hpp"
#include "support/limit_simulation.hpp"
#include "support/workers.hpp"

namespace fathom::redis {
namespace {

using namespace std::chrono_literals;
using Clock = RateLimiter::Clock;
using Permit = RateLimiter::Permit;
using Denied = RateLimiter::Denied;

constexpr auto window = 1s;
constexpr auto longest_attempt = 200ms;
constexpr RateLimits limits{.resources = {.requests = 2'000, .window = window},
                            .reports = {.requests = 10, .window = window},
                            .margin = 0s,
                            .late_arrival = 0s};

class RedisLimiter : public ::testing::Test {
protected:
    static RedisServer& shared_server() {
        static RedisServer server;
        return server;
    }

    [[nodiscard]] static std::string test_name() {
        return ::testing::UnitTest::GetInstance()->current_test_info()->name();
    }
    /// Where processes find the limiter of this test.
    [[nodiscard]] static std::string place() {
        return "redis:" + std::to_string(shared_server().port()) + ":" + test_name();
    }
    [[nodiscard]] static RedisOptions options(const RedisServer& server) {
        return {.port = server.port(), .name = test_name(), .reconnect_interval = 1ms};
    }
    [[nodiscard]] static std::shared_ptr<RateLimiter> limiter(const RedisServer& server = shared_server()) {
        return redis_rate_limiter(options(server), limits);
    }

    static auto acquire(RateLimiter& from) { return from.acquire(LimitGroup::reports, Clock::now(), longest_attempt); }
    /// Takes one as soon as there is one.
    static Permit wait_for_permit(RateLimiter& from) {
        while (true) {
            const auto decision = acquire(from);
            if (const auto* permit = std::get_if<Permit>(&decision)) return *permit;
            std::this_thread::sleep_until(std::get<Denied>(decision).try_again_at);
        }
    }
    /// Takes all that there are.
    static std::vector<Permit> take_all(RateLimiter& from) {
        std::vector<Permit> permits{wait_for_permit(from)}; // a server that was just started is closed for a window
        while (true) {
            const auto decision = acquire(from);
            const auto* permit = std::get_if<Permit>(&decision);
            if (permit == nullptr) return permits;
            permits.push_back(*permit);
        }
    }
    static void release(RateLimiter& to, Permit permit, PermitUse use = PermitUse::answered) {
        to.release(LimitGroup::reports, permit, use, Clock::now());
    }
    static bool is_denied(RateLimiter& from) { return std::holds_alternative<Denied>(acquire(from)); }
    static Error error_of(RateLimiter& from) { return std::get<Error>(acquire(from)); }
};

TEST_F(RedisLimiter, GrantsTheFirstTenAtOnce) { EXPECT_EQ(take_all(*limiter()).size(), 10U); }

TEST_F(RedisLimiter, SharesThePermitsBetweenAllOfTheSameName) {
    const auto one = limiter();
    const auto other = limiter();
    EXPECT_EQ(take_all(*one).size(), 10U);
    EXPECT_TRUE(is_denied(*other));
}

TEST_F(RedisLimiter, KeepsTheGroupsApart) {
    const auto one = limiter();
    take_all(*one);
    EXPECT_TRUE(std::holds_alternative<Permit>(one->acquire(LimitGroup::resources, Clock::now(), longest_attempt)));
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
    EXPECT_TRUE(std::holds_alternative<Permit>(acquire(*one)));
}

TEST_F(RedisLimiter, GivesBackByTimeWhatADeadClientHeld) {
    const auto taken_at = Clock::now();
    EXPECT_EQ(take_all(*limiter()).size(), 10U); // and forgets the permits
    std::ignore = wait_for_permit(*limiter());
    EXPECT_GE(Clock::now() - taken_at, window);
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

TEST_F(RedisLimiter, GoesOnWhenTheServerHasForgottenItsScript) {
    const auto one = limiter();
    std::ignore = wait_for_permit(*one);
    shared_server().command({"SCRIPT", "FLUSH"});
    EXPECT_TRUE(std::holds_alternative<Permit>(acquire(*one)));
}

TEST_F(RedisLimiter, StartsClosedForAWindowWhenTheServerWasWiped) {
    const auto one = limiter();
    take_all(*one);
    const auto wiped_at = Clock::now();
    shared_server().command({"FLUSHALL"});
    EXPECT_TRUE(is_denied(*one));
    std::ignore = wait_for_permit(*one);
    EXPECT_GE(Clock::now() - wiped_at, window);
}

TEST_F(RedisLimiter, StartsClosedForAWindowWhenTheServerWasRestarted) {
    RedisServer server;
    const auto one = limiter(server);
    take_all(*one);
    server.kill();
    const auto killed_at = Clock::now();
    server.start();
    std::this_thread::sleep_for(2ms); // as long as it does without Redis after a loss
    while (std::holds_alternative<Error>(acquire(*one))) std::this_thread::yield();
    std::ignore = wait_for_permit(*one);
    EXPECT_GE(Clock::now() - killed_at, window);
}

TEST_F(RedisLimiter, FailsCallsWhileTheServerIsAway) {
    RedisServer server;
    const auto one = limiter(server);
    std::ignore = wait_for_permit(*one);
    server.kill();
    const Error error = error_of(*one);
    EXPECT_EQ(error.kind, ErrorKind::network);
    EXPECT_NE(error.message.find("Redis"), std::string::npos) << error;
}

TEST_F(RedisLimiter, FailsCallsInTimeWhileTheServerPauses) {
    RedisServer server;
    const auto one = limiter(server);
    std::ignore = wait_for_permit(*one);
    server.command({"CLIENT", "PAUSE", "1000"});
    const auto begun = Clock::now();
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
    EXPECT_LT(Clock::now() - begun, 900ms);
}

TEST_F(RedisLimiter, TriesAgainOnlyAfterTheIntervalThatItWasGiven) {
    RedisServer server;
    RedisOptions patient = options(server);
    patient.reconnect_interval = 1h;
    const auto one = redis_rate_limiter(patient, limits);
    std::ignore = wait_for_permit(*one);
    server.command({"CLIENT", "PAUSE", "300"});
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
    const auto begun = Clock::now();
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
    EXPECT_LT(Clock::now() - begun, 50ms) << "asks nobody";
}

TEST_F(RedisLimiter, LogsInWithItsPassword) {
    const RedisServer server({"--requirepass", "open sesame"});
    EXPECT_EQ(error_of(*limiter(server)).kind, ErrorKind::network);
    RedisOptions with_password = options(server);
    with_password.password = "open sesame";
    std::ignore = wait_for_permit(*redis_rate_limiter(with_password, limits));
}

TEST_F(RedisLimiter, NeverTellsItsPassword) {
    const RedisServer server({"--requirepass", "open sesame"});
    RedisOptions wrong = options(server);
    wrong.password = "hunter2";
    const Error error = error_of(*redis_rate_limiter(wrong, limits));
    EXPECT_EQ(error.to_string().find("hunter2"), std::string::npos) << error;
}

class LocalShareOfLimit : public RedisLimiter {
protected:
    [[nodiscard]] static std::shared_ptr<RateLimiter> limiter_with_share(const RedisServer& server) {
        RedisOptions with_share = options(server);
        with_share.on_loss = OnLoss::use_local_share;
        with_share.local_share = {.resources = 1, .reports = 3};
        return redis_rate_limiter(with_share, limits);
    }
};

TEST_F(LocalShareOfLimit, IsAllThatACallMayUseWithoutRedis) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    server.kill();
    EXPECT_EQ(take_all(*one).size(), 3U);
}

TEST_F(LocalShareOfLimit, CountsWhatWasSentBeforeTheLoss) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    release(*one, wait_for_permit(*one));
    release(*one, wait_for_permit(*one));
    server.kill();
    EXPECT_TRUE(std::holds_alternative<Permit>(acquire(*one)));
    EXPECT_TRUE(is_denied(*one));
}

TEST_F(LocalShareOfLimit, IsToldToRedisWhenThatIsBack) {
    RedisServer server;
    const auto with_share = limiter_with_share(server);
    const auto other = limiter(server);
    std::ignore = wait_for_permit(*other);
    std::this_thread::sleep_for(window); // its permit lapses, and the server is not new any more
    server.command({"CLIENT", "PAUSE", "300"});
    for (const Permit permit : take_all(*with_share)) release(*with_share, permit);
    std::this_thread::sleep_for(300ms);
    std::ignore = acquire(*with_share); // tells of the three, and takes one more
    EXPECT_EQ(take_all(*other).size(), 6U);
}

TEST_F(RedisLimiter, HoldsForManyProcessesAtOnce) {
    Workers workers(place());
    for (int number = 0; number < 8; ++number) workers.start("3500");
    const auto arrivals = workers.arrivals();
    EXPECT_LE(fathom::detail::most_in_sliding_window(arrivals, window), 10U);
    EXPECT_GE(arrivals.size(), 25U); // three windows and a bit, less what the latencies cost
}

TEST_F(RedisLimiter, SurvivesAProcessThatDiesHoldingPermits) {
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
