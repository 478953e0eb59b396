// The properties of every store, for Redis; in virtual time.
#include "support/every_store.hpp"

#include "redis/virtual_redis.hpp"

namespace fathom::detail {
namespace {

/// The limit is known to the server, long before a history begins.
std::shared_ptr<RateLimiter> on_new_redis() {
    const auto server = std::make_shared<redis::VirtualRedis>();
    auto limiter = redis::detail::limiter_on(std::make_unique<redis::VirtualConnection>(server), {}, {});
    const auto virtual_time = std::make_shared<redis::VirtualTimeLimiter>(server, std::move(limiter));
    EXPECT_EQ(virtual_time->free_permits(LimitGroup::reports, RateLimiter::Clock::time_point(1s)), 0U);
    return virtual_time;
}

INSTANTIATE_TEST_SUITE_P(Limiter, EveryStore, ::testing::Values(Store{"redis", 8, 100ms, on_new_redis}),
                         [](const auto& tested) { return std::string(tested.param.name); });

} // namespace
} // namespace fathom::detail
