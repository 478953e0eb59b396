#include <fathom/redis/redis_rate_limiter.hpp>

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "../limiters/waiting_client.hpp"
#include "connection.hpp"
#include "limiter_on.hpp"
#include "shared_pool.hpp"

namespace fathom::redis {

namespace {

using detail::Server;
using detail::SharedPool;
using fathom::detail::WaitingClient;

/// One connection for both groups, and one mutex, since several clients may share the limiter.
class SharedRedis {
public:
    SharedRedis(std::unique_ptr<Server> redis, const RedisOptions& options, const RateLimits& limits)
        : limits_(limits), redis_(std::move(redis)),
          pools_{SharedPool(LimitGroup::resources, options, limits), SharedPool(LimitGroup::reports, options, limits)} {
    }

    /// Asks Redis, or tells it, within one turn.
    auto turn(LimitGroup group, auto what) {
        const std::scoped_lock lock(mutex_);
        redis_->begin_turn();
        return what(pools_[static_cast<std::size_t>(group)], *redis_);
    }
    /// The same, and has the other clients of this process ask again: a permit may be free, or it may be their turn.
    auto turn_for_all(LimitGroup group, const WaitingClient& client, auto what) {
        const std::scoped_lock lock(mutex_);
        redis_->begin_turn();
        clients_.wake_all_but(client, group);
        return what(pools_[static_cast<std::size_t>(group)], *redis_);
    }
    /// What is known without asking.
    auto recall(LimitGroup group, auto what) const {
        const std::scoped_lock lock(mutex_);
        return what(pools_[static_cast<std::size_t>(group)]);
    }
    void clients(auto change) {
        const std::scoped_lock lock(mutex_);
        change(clients_);
    }
    [[nodiscard]] const RateLimits& limits() const noexcept { return limits_; }

private:
    RateLimits limits_;
    mutable std::mutex mutex_{};
    std::unique_ptr<Server> redis_;
    std::array<SharedPool, limit_group_count> pools_; // by LimitGroup
    fathom::detail::WaitingClients clients_{};
};

/// The limiter, or a client's view of it.
class RedisRateLimiter final : public RateLimiter {
public:
    RedisRateLimiter(std::shared_ptr<SharedRedis> redis, std::function<void()> changed)
        : redis_(std::move(redis)), client_(std::move(changed)) {
        redis_->clients([this](auto& clients) { clients.join(client_); });
    }
    RedisRateLimiter(const RedisRateLimiter&) = delete;
    RedisRateLimiter& operator=(const RedisRateLimiter&) = delete;
    ~RedisRateLimiter() override {
        redis_->clients([this](auto& clients) { clients.leave(client_); });
    }

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        return redis_->turn(group, [&](SharedPool& pool, Server& redis) {
            return pool.acquire(redis, client_.ticket(group), now, longest);
        });
    }
    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        redis_->turn_for_all(group, client_,
                             [&](SharedPool& pool, Server& redis) { pool.release(redis, permit, use, now); });
    }
    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 Clock::time_point now) override {
        redis_->turn_for_all(group, client_,
                             [&](SharedPool& pool, Server& redis) { pool.refused(redis, permit, retry_after, now); });
    }
    void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) override {
        redis_->turn(group, [&](SharedPool& pool, Server& redis) { pool.tighten(redis, remaining, until, now); });
    }
    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        redis_->turn(group, [&](SharedPool& pool, Server& redis) { pool.close(redis, until, now); });
    }
    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        return redis_->recall(group,
                              [&](const SharedPool& pool) { return pool.earliest(client_.ticket(group), ahead, now); });
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        return redis_->turn(group, [&](SharedPool& pool, Server& redis) { return pool.free_permits(redis, now); });
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const override {
        return redis_->recall(group, [&](const SharedPool& pool) { return pool.pace(now); });
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return redis_->limits(); }

    [[nodiscard]] std::shared_ptr<RateLimiter> attach(Notice changed) override {
        return std::make_shared<RedisRateLimiter>(redis_, std::move(changed));
    }
    void waiting(LimitGroup group, std::size_t calls, Clock::time_point oldest_since, Clock::time_point now) override {
        redis_->turn(group, [&](SharedPool& pool, Server& redis) {
            client_.waiting(group, calls, oldest_since, now);
            pool.waiting(redis, client_.ticket(group));
        });
    }

private:
    std::shared_ptr<SharedRedis> redis_;
    WaitingClient client_;
};

} // namespace

std::shared_ptr<RateLimiter> redis_rate_limiter(const RedisOptions& options, const RateLimits& limits) {
    return detail::limiter_on(std::make_unique<detail::Connection>(options), options, limits);
}

std::shared_ptr<RateLimiter> detail::limiter_on(std::unique_ptr<Server> server, const RedisOptions& options,
                                                const RateLimits& limits) {
    return std::make_shared<RedisRateLimiter>(std::make_shared<SharedRedis>(std::move(server), options, limits),
                                              nullptr);
}

} // namespace fathom::redis
