/// @file
/// What the tests of the limiter on Redis share.
#pragma once

#include <fathom/redis/redis_rate_limiter.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "redis_server.hpp"

namespace fathom::redis {

using namespace std::chrono_literals;
using Clock = RateLimiter::Clock;
using Permit = RateLimiter::Permit;
using Denied = RateLimiter::Denied;

/// The limiter's times are the server's, so these tests take real time, with windows of a second.
inline constexpr auto window = 1s;
inline constexpr auto longest_attempt = 200ms;
inline constexpr RateLimits limits{.resources = {.requests = 2'000, .window = window},
                                   .reports = {.requests = 10, .window = window},
                                   .margin = 0s,
                                   .late_arrival = 0s};

/// Longer than a busy machine keeps Redis from answering.
inline constexpr auto patience = 300ms;
/// How long Redis stays silent where it is to be lost, and when it has surely been found again after that.
inline constexpr auto silence = 500ms;
inline constexpr auto found_again = silence + patience;

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
    [[nodiscard]] static std::string place(const RedisServer& server = shared_server()) {
        return "redis:" + std::to_string(server.port()) + ":" + test_name();
    }
    [[nodiscard]] static RedisOptions options(int port) {
        return {.port = port, .name = test_name(), .timeout = patience, .reconnect_interval = patience};
    }
    [[nodiscard]] static std::shared_ptr<RateLimiter> limiter(const RedisServer& server = shared_server()) {
        return redis_rate_limiter(options(server.port()), limits);
    }

    static auto acquire(RateLimiter& from, Clock::duration longest = longest_attempt) {
        return from.acquire(LimitGroup::reports, Clock::now(), longest);
    }
    /// Takes one as soon as there is one; in a Redis that does not know the limit, that is after a window.
    static Permit wait_for_permit(RateLimiter& from, Clock::duration longest = longest_attempt) {
        while (true) {
            const auto admission = acquire(from, longest).value();
            if (admission.permit) return *admission.permit;
            std::this_thread::sleep_until(admission.try_again_at);
        }
    }
    /// Takes all that there are, once there is any.
    static std::vector<Permit> take_all(RateLimiter& from, Clock::duration longest = longest_attempt) {
        std::vector<Permit> permits{wait_for_permit(from, longest)};
        while (true) {
            const auto admission = acquire(from, longest).value();
            if (!admission.permit) return permits;
            permits.push_back(*admission.permit);
        }
    }
    /// As many as there are just now, which may be none.
    static std::size_t count_free(RateLimiter& from) {
        std::size_t count = 0;
        while (is_granted(from)) ++count;
        return count;
    }

    static void release(RateLimiter& to, Permit permit, PermitUse use = PermitUse::answered) {
        to.release(LimitGroup::reports, permit, use, Clock::now());
    }
    static void silence_for(const RedisServer& server, std::chrono::milliseconds duration = silence) {
        server.command({"CLIENT", "PAUSE", std::to_string(duration.count())});
    }
    static bool is_granted(RateLimiter& from) {
        const auto admission = acquire(from);
        return admission && admission->permit;
    }
    static bool is_denied(RateLimiter& from) {
        const auto admission = acquire(from);
        return admission && !admission->permit;
    }
    static Error error_of(RateLimiter& from) { return acquire(from).error(); }
};

} // namespace fathom::redis
