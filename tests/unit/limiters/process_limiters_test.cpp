#include "limiters/process_limiters.hpp"

#include <memory>
#include <thread>
#include <tuple>

#include <gtest/gtest.h>

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr const char* address = "https://api.usefathom.com/v1";

TEST(ProcessLimiters, GiveClientsOfTheSameKeyAndAddressTheSameLimiter) {
    const auto one = process_limiter("key", address, {});
    EXPECT_EQ(process_limiter("key", address, {}), one);
}

TEST(ProcessLimiters, KeepKeysAddressesAndLimitsApart) {
    const auto one = process_limiter("key", address, {});
    EXPECT_NE(process_limiter("other", address, {}), one);
    EXPECT_NE(process_limiter("key", "https://localhost/v1", {}), one);
    EXPECT_NE(process_limiter("key", address, {.reports = {.requests = 5, .window = 60s}}), one);
    EXPECT_EQ(process_limiter("key", address, {}), one) << "as before";
}

TEST(ProcessLimiters, AreKeptWhileTheServiceCountsWhatTheirLastClientSent) {
    const auto now = RateLimiter::Clock::now();
    std::weak_ptr<RateLimiter> first = process_limiter("short-lived", address, {});
    const auto permit = first.lock()->acquire(LimitGroup::reports, now, 0s).value().permit;
    ASSERT_TRUE(permit);
    first.lock()->release(LimitGroup::reports, *permit, PermitUse::answered, now);
    std::ignore = process_limiter("another", address, {});
    EXPECT_EQ(process_limiter("short-lived", address, {}), first.lock());
}

TEST(ProcessLimiters, AreForgottenAWindowAfterTheirLastClientWhateverTheyHaveLearnt) {
    constexpr RateLimits short_limits{
        .resources = {.requests = 1, .window = 0s}, .reports = {.requests = 1, .window = 0s}, .margin = 0s};
    const auto now = RateLimiter::Clock::now();
    std::weak_ptr<RateLimiter> first = process_limiter("learnt", address, short_limits);
    first.lock()->close(LimitGroup::reports, now + 24h, now);
    std::ignore = process_limiter("one", address, {});
    EXPECT_FALSE(first.expired()) << "it is seen without clients from now on";
    while (RateLimiter::Clock::now() == now) std::this_thread::yield();
    std::ignore = process_limiter("two", address, {});
    EXPECT_TRUE(first.expired());
}

TEST(ProcessLimiters, AreForgottenWhenTheyKnowNothing) {
    std::weak_ptr<RateLimiter> first = process_limiter("idle", address, {});
    std::ignore = process_limiter("yet another", address, {});
    EXPECT_TRUE(first.expired());
}

} // namespace
} // namespace fathom::detail
