// What a client may do by itself while Redis is away.
#include "limiter_fixture.hpp"

namespace fathom::redis {
namespace {

class LocalShareOfLimit : public RedisLimiter {
protected:
    [[nodiscard]] static std::shared_ptr<RateLimiter> limiter_with_share(const RedisServer& server,
                                                                         std::size_t reports = 3) {
        RedisOptions with_share = options(server.port());
        with_share.on_loss = OnLoss::use_local_share;
        with_share.local_share = {.resources = 1, .reports = reports};
        return redis_rate_limiter(with_share, limits);
    }
};

TEST_F(LocalShareOfLimit, IsAllThatACallMayUseWithoutRedis) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    server.kill();
    EXPECT_EQ(take_all(*one).size(), 3U);
}

TEST_F(LocalShareOfLimit, ComesBackByTimeWithoutRedis) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    server.kill();
    const std::vector<Permit> permits = take_all(*one);
    const auto ended_at = Clock::now(); // of all, so that they come back together
    for (const Permit permit : permits) one->release(LimitGroup::reports, permit, PermitUse::answered, ended_at);
    EXPECT_EQ(take_all(*one).size(), 3U);
    EXPECT_GE(Clock::now() - ended_at, window - 10ms);
}

TEST_F(LocalShareOfLimit, CountsWhatWasSentBeforeTheLoss) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    release(*one, wait_for_permit(*one));
    release(*one, wait_for_permit(*one));
    server.kill();
    EXPECT_TRUE(is_granted(*one));
    EXPECT_TRUE(is_denied(*one));
}

TEST_F(LocalShareOfLimit, OfNothingLetsCallsFail) {
    RedisServer server;
    const auto one = limiter_with_share(server, 0);
    server.kill();
    EXPECT_EQ(error_of(*one).kind, ErrorKind::network);
}

TEST_F(LocalShareOfLimit, IsWhatCountsAsFreeWithoutRedis) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    server.kill();
    EXPECT_TRUE(is_granted(*one));
    EXPECT_EQ(one->free_permits(LimitGroup::reports, Clock::now()), 2U);
}

TEST_F(LocalShareOfLimit, IsClosedByARefusalOfTheService) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    server.kill();
    one->close(LimitGroup::reports, Clock::now() + 1h, Clock::now());
    EXPECT_TRUE(is_denied(*one));
}

TEST_F(LocalShareOfLimit, IsGivenUpForRedisAsSoonAsThatIsBack) {
    RedisServer server;
    const auto one = limiter_with_share(server, 1);
    const Permit permit = wait_for_permit(*one);
    silence_for(server);
    EXPECT_TRUE(is_denied(*one)); // its share is under way
    std::this_thread::sleep_for(found_again);
    EXPECT_TRUE(is_granted(*one));
    release(*one, permit);
}

TEST_F(LocalShareOfLimit, LetsAWaitingCallAskRedisAgainAfterTheInterval) {
    RedisServer server;
    const auto one = limiter_with_share(server);
    server.kill();
    take_all(*one, 1h);
    EXPECT_LT(acquire(*one).value().try_again_at, Clock::now() + 1s);
}

TEST_F(LocalShareOfLimit, IsToldToRedisWhenThatIsBack) {
    RedisServer server;
    const auto with_share = limiter_with_share(server);
    const auto other = limiter(server);
    std::ignore = wait_for_permit(*other);
    std::this_thread::sleep_for(window + longest_attempt); // its permit lapses
    silence_for(server);
    for (const Permit permit : take_all(*with_share)) release(*with_share, permit);
    std::this_thread::sleep_for(found_again);
    EXPECT_TRUE(is_granted(*with_share)); // and tells of the three
    EXPECT_EQ(count_free(*other), 6U);
}

TEST_F(LocalShareOfLimit, IsToldToRedisWhileItIsUnderWay) {
    RedisServer server;
    const auto with_share = limiter_with_share(server);
    const auto other = limiter(server);
    std::ignore = wait_for_permit(*other);
    std::this_thread::sleep_for(window + longest_attempt); // its permit lapses
    silence_for(server);
    EXPECT_EQ(take_all(*with_share, 1h).size(), 3U);
    std::this_thread::sleep_for(found_again);
    EXPECT_TRUE(is_granted(*with_share)); // and tells of the three
    EXPECT_EQ(count_free(*other), 6U);
}

} // namespace
} // namespace fathom::redis
