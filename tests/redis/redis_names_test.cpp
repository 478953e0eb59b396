// Names that are slow to look up.
#include <dlfcn.h>
#include <netdb.h>

#include <string_view>

#include "limiter_fixture.hpp"

namespace {

constexpr std::chrono::seconds slowness{3};

} // namespace

/// In place of the system's, which it asks for all other names. Shown, so that a shared library calls this one too.
extern "C" [[gnu::visibility("default")]] int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                                                          addrinfo** found) {
    const bool is_looked_up = hints == nullptr || (hints->ai_flags & AI_NUMERICHOST) == 0;
    const bool is_slow = is_looked_up && name != nullptr && std::string_view(name) == "slow.test";
    if (is_slow) std::this_thread::sleep_for(slowness);
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(is_slow ? "127.0.0.1" : name, service, hints, found);
}

namespace fathom::redis {
namespace {

class RedisNames : public RedisLimiter {
protected:
    [[nodiscard]] static std::shared_ptr<RateLimiter> limiter_at(const std::string& host) {
        RedisOptions named = options(shared_server().port());
        named.host = host;
        return redis_rate_limiter(named, limits);
    }
};

TEST_F(RedisNames, ThatAreSlowLetNobodyWaitForLongerThanTheTimeOut) {
    const auto one = limiter_at("slow.test");
    for (int count = 0; count < 2; ++count) {
        const auto begun = Clock::now();
        const Error error = error_of(*one);
        EXPECT_LT(Clock::now() - begun, slowness - 1s);
        EXPECT_EQ(error.kind, ErrorKind::network);
        EXPECT_NE(error.message.find("looked up"), std::string::npos) << error;
    }
}

TEST_F(RedisNames, ThatAreSlowAreFoundInTheEnd) {
    const auto one = limiter_at("slow.test");
    const auto give_up_at = Clock::now() + 30s;
    while (!acquire(*one) && Clock::now() < give_up_at) std::this_thread::sleep_for(patience);
    std::ignore = wait_for_permit(*one);
}

TEST_F(RedisNames, ThatDoNotExistAreAnError) {
    const auto one = limiter_at("no-such-host.invalid");
    const auto give_up_at = Clock::now() + 30s;
    Error error = error_of(*one);
    while (error.message.find("looked up") != std::string::npos && Clock::now() < give_up_at) error = error_of(*one);
    EXPECT_EQ(error.kind, ErrorKind::network);
    EXPECT_NE(error.message.find("no address"), std::string::npos) << error;
}

TEST_F(RedisNames, OfThisMachineAreFoundAtOnce) { std::ignore = wait_for_permit(*limiter_at("localhost")); }

} // namespace
} // namespace fathom::redis
