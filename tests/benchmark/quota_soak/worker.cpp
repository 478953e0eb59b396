#include "worker.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string_view>
#include <tuple>

#include <fathom/fathom.hpp>
#include <fathom/file_rate_limiter.hpp>
#if defined(FATHOM_REDIS_SERVER)
#include <fathom/redis/redis_rate_limiter.hpp>
#endif

namespace fathom {

namespace {

std::shared_ptr<RateLimiter> limiter_at(const std::string& place) {
#if defined(FATHOM_REDIS_SERVER)
    const std::string_view redis = "redis:";
    if (place.starts_with(redis)) return redis::redis_rate_limiter({.port = std::stoi(place.substr(redis.size()))});
#endif
    return file_rate_limiter(place);
}

} // namespace

void work(const WorkerOrders& orders) {
    ClientOptions options;
    options.api_key = orders.api_key;
    options.base_url = orders.base_url;
    options.retry.max_attempts = 1;
    options.rate_limiter = limiter_at(orders.place);
    const Client client(options);
    for (auto now = std::chrono::steady_clock::now(); now < orders.until; now = std::chrono::steady_clock::now()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(orders.until - now);
        const auto visitors = client.current_visitors().get(SiteId(orders.site), {.timeout = left});
        const bool is_end =
            !visitors && visitors.error().kind == ErrorKind::rate_limited && visitors.error().attempts == 0;
        if (is_end) break; // no permit before the end
        if (!visitors) std::cerr << visitors.error() << '\n';
    }
    std::cout << client.quota().reports.refused_requests << '\n';
}

#if defined(FATHOM_REDIS_SERVER)
void introduce_limit_to_redis(int port) {
    std::ignore =
        redis::redis_rate_limiter({.port = port})->acquire(LimitGroup::reports, RateLimiter::Clock::now(), {});
}
#endif

} // namespace fathom
