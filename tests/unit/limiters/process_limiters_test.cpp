#include "limiters/process_limiters.hpp"

#include <memory>
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

TEST(ProcessLimiters, AreForgottenWhenTheyKnowNothing) {
    std::weak_ptr<RateLimiter> first = process_limiter("idle", address, {});
    std::ignore = process_limiter("yet another", address, {});
    EXPECT_TRUE(first.expired());
}

} // namespace
} // namespace fathom::detail
