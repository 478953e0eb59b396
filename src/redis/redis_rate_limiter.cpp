#include <fathom/redis/redis_rate_limiter.hpp>

#include <array>
#include <mutex>

#include "shared_pool.hpp"

namespace fathom::redis {

namespace {

/// One connection for both groups, and one mutex, since several clients may share the limiter.
class RedisRateLimiter final : public RateLimiter {
public:
    RedisRateLimiter(const RedisOptions& options, const RateLimits& limits)
        : limits_(limits), redis_(options), pools_{detail::SharedPool(LimitGroup::resources, options, limits),
                                                   detail::SharedPool(LimitGroup::reports, options, limits)} {}

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        const std::scoped_lock lock(mutex_);
        redis_.begin_turn();
        return pool(group).acquire(redis_, now, longest);
    }
    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        redis_.begin_turn();
        pool(group).release(redis_, permit, use, now);
    }
    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        redis_.begin_turn();
        pool(group).refused(redis_, permit, retry_after, now);
    }
    void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        redis_.begin_turn();
        pool(group).tighten(redis_, remaining, until, now);
    }
    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        redis_.begin_turn();
        pool(group).close(redis_, until, now);
    }
    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return pool(group).earliest(ahead, now);
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        redis_.begin_turn();
        return pool(group).free_permits(redis_, now);
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return pool(group).pace(now);
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

private:
    detail::SharedPool& pool(LimitGroup group) const { return pools_[static_cast<std::size_t>(group)]; }

    RateLimits limits_;
    mutable std::mutex mutex_{};
    // To count the permits is to ask Redis, and to tell it first what it does not know.
    mutable detail::Connection redis_;
    mutable std::array<detail::SharedPool, limit_group_count> pools_; // by LimitGroup
};

} // namespace

std::shared_ptr<RateLimiter> redis_rate_limiter(const RedisOptions& options, const RateLimits& limits) {
    return std::make_shared<RedisRateLimiter>(options, limits);
}

} // namespace fathom::redis
