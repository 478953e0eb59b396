#include "limiters/process_limiters.hpp"

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

TEST(ProcessLimiters, LiveAsLongAsAClientUsesThem) {
    std::weak_ptr<RateLimiter> first = process_limiter("short-lived", address, {});
    EXPECT_TRUE(first.expired());
}

} // namespace
} // namespace fathom::detail
