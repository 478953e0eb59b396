#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "../core/permit_pool.hpp"
#include "order_of_arrival.hpp"

namespace fathom::inline v0_2 {

namespace {

using detail::OrderOfArrival;
using Clock = RateLimiter::Clock;

/// What all views of a limiter share: one pool per group behind a mutex.
class SharedPools {
public:
    explicit SharedPools(const RateLimits& limits)
        : limits_(limits), pools_{detail::PermitPool(limits.resources, limits.margin, limits.late_arrival),
                                  detail::PermitPool(limits.reports, limits.margin, limits.late_arrival)} {}

    [[nodiscard]] const RateLimits& limits() const noexcept { return limits_; }

    void join(const void* view, const std::function<void()>& changed) {
        const std::scoped_lock lock(mutex_);
        for (OrderOfArrival& order : orders_) order.join(view, changed);
    }
    void leave(const void* view) {
        const std::scoped_lock lock(mutex_);
        for (OrderOfArrival& order : orders_) order.leave(view);
    }
    void waiting(const void* view, LimitGroup group, std::size_t calls, Clock::time_point oldest_since) {
        const std::scoped_lock lock(mutex_);
        order(group).waiting(view, calls, oldest_since);
    }

    RateLimiter::Admission acquire(const void* view, LimitGroup group, Clock::time_point now, Clock::duration longest) {
        const std::scoped_lock lock(mutex_);
        if (const auto passed_over_at = order(group).others_first_until(view, now)) {
            return RateLimiter::Denied{std::max(*passed_over_at, pool(group).earliest(0, now))};
        }
        const RateLimiter::Admission admission = pool(group).acquire(now, longest);
        order(group).asked(view, admission.permit ? now : admission.try_again_at);
        if (admission.permit) order(group).tell_all_but(view, now); // their turn may have come
        return admission;
    }
    /// Changes a pool, and tells the views that wait if that may let them go earlier.
    void change(const void* view, LimitGroup group, Clock::time_point now, const auto& what) {
        const std::scoped_lock lock(mutex_);
        what(pool(group));
        order(group).tell_all_but(view, now);
    }
    [[nodiscard]] auto ask(LimitGroup group, const auto& what) const {
        const std::scoped_lock lock(mutex_);
        return what(pools_[static_cast<std::size_t>(group)]);
    }

private:
    detail::PermitPool& pool(LimitGroup group) { return pools_[static_cast<std::size_t>(group)]; }
    OrderOfArrival& order(LimitGroup group) { return orders_[static_cast<std::size_t>(group)]; }

    RateLimits limits_;
    mutable std::mutex mutex_{};
    std::array<detail::PermitPool, limit_group_count> pools_;
    std::array<OrderOfArrival, limit_group_count> orders_{};
};

/// The limiter, or a client's view of it.
class LocalRateLimiter final : public RateLimiter {
public:
    using Permit = RateLimiter::Permit;
    using PermitPool = detail::PermitPool;

    LocalRateLimiter(std::shared_ptr<SharedPools> pools, const std::function<void()>& changed)
        : pools_(std::move(pools)) {
        pools_->join(this, changed);
    }
    LocalRateLimiter(const LocalRateLimiter&) = delete;
    LocalRateLimiter& operator=(const LocalRateLimiter&) = delete;
    ~LocalRateLimiter() override { pools_->leave(this); }

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        return pools_->acquire(this, group, now, longest);
    }
    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        pools_->change(this, group, now, [&](PermitPool& pool) { pool.release(permit, use, now); });
    }
    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 Clock::time_point now) override {
        pools_->change(this, group, now, [&](PermitPool& pool) { pool.refused(permit, retry_after, now); });
    }
    void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) override {
        pools_->change(this, group, now, [&](PermitPool& pool) { pool.tighten(remaining, until, now); });
    }
    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        pools_->change(this, group, now, [&](PermitPool& pool) { pool.close(until); });
    }
    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        return pools_->ask(group, [&](const PermitPool& pool) { return pool.earliest(ahead, now); });
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        return pools_->ask(group, [&](const PermitPool& pool) { return pool.free_permits(now); });
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const override {
        return pools_->ask(group, [&](const PermitPool& pool) { return pool.pace(now); });
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return pools_->limits(); }

    [[nodiscard]] std::shared_ptr<RateLimiter> attach(Notice changed) override {
        return std::make_shared<LocalRateLimiter>(pools_, std::move(changed));
    }
    void waiting(LimitGroup group, std::size_t calls, Clock::time_point oldest_since, Clock::time_point) override {
        pools_->waiting(this, group, calls, oldest_since);
    }

private:
    std::shared_ptr<SharedPools> pools_;
};

} // namespace

std::shared_ptr<RateLimiter> local_rate_limiter(const RateLimits& limits) {
    return std::make_shared<LocalRateLimiter>(std::make_shared<SharedPools>(limits), nullptr);
}

} // namespace fathom::inline v0_2
