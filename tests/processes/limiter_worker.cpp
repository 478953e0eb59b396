// A process that shares a limit with others: sends as often as it may for a while, and prints when each request would
// have arrived. The tests that start several of these check what a server would have seen.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>

#include <fathom/file_rate_limiter.hpp>
#if defined(FATHOM_WITH_REDIS)
#include <fathom/redis/redis_rate_limiter.hpp>
#endif

namespace {

using fathom::LimitGroup;
using fathom::RateLimiter;
using Clock = RateLimiter::Clock;

/// Short windows, so that a test of many of them takes seconds.
constexpr fathom::RateLimits limits{.reports = {.requests = 10, .window = std::chrono::seconds{1}},
                                    .margin = std::chrono::seconds{0},
                                    .late_arrival = std::chrono::seconds{0}};
constexpr std::chrono::milliseconds longest_attempt{200};

void pretend_to_send(std::minstd_rand& random) {
    const auto half_of_latency = std::chrono::milliseconds{std::uniform_int_distribution(0, 10)(random)};
    std::this_thread::sleep_for(half_of_latency);
    std::cout << Clock::now().time_since_epoch().count() << '\n';
    std::this_thread::sleep_for(half_of_latency);
}

void send_until(Clock::time_point end, RateLimiter& limiter) {
    std::minstd_rand random(std::random_device{}());
    while (Clock::now() < end) {
        const auto admission = limiter.acquire(LimitGroup::reports, Clock::now(), longest_attempt);
        if (!admission) { // what they share is away
            std::cerr << admission.error() << '\n';
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        } else if (admission->permit) {
            pretend_to_send(random);
            limiter.release(LimitGroup::reports, *admission->permit, fathom::PermitUse::answered, Clock::now());
        } else {
            std::this_thread::sleep_until(std::min(admission->try_again_at, end));
        }
    }
}

std::shared_ptr<RateLimiter> limiter_at(const std::string& place) {
#if defined(FATHOM_WITH_REDIS)
    const std::string_view redis = "redis:";
    if (place.starts_with(redis)) {
        const std::size_t name = place.find(':', redis.size()) + 1;
        return fathom::redis::redis_rate_limiter({.port = std::stoi(place.substr(redis.size())),
                                                  .name = place.substr(name),
                                                  .reconnect_interval = std::chrono::milliseconds{20}},
                                                 limits);
    }
#endif
    return fathom::file_rate_limiter(place, limits);
}

/// Takes what it can and dies with it.
[[noreturn]] void die_holding_permits(RateLimiter& limiter) {
    while (limiter.acquire(LimitGroup::reports, Clock::now(), longest_attempt).value().permit) {
    }
    std::cout << Clock::now().time_since_epoch().count() << std::endl; // NOLINT: flushed before the end
    std::_Exit(EXIT_FAILURE);
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: limiter_worker (FILE|redis:PORT:NAME) (MILLISECONDS|die)\n";
        return EXIT_FAILURE;
    }
    const auto limiter = limiter_at(arguments[1]);
    const std::string mode = arguments[2];
    if (mode == "die") die_holding_permits(*limiter);
    send_until(Clock::now() + std::chrono::milliseconds{std::stol(mode)}, *limiter);
}
