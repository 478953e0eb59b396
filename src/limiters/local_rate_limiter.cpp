#include <array>
#include <mutex>

#include <fathom/rate_limit.hpp>

#include "../core/permit_pool.hpp"

namespace fathom {

namespace {

/// One pool per group behind a mutex, since several clients may share the limiter.
class LocalRateLimiter final : public RateLimiter {
public:
    explicit LocalRateLimiter(const RateLimits& limits)
        : limits_(limits), pools_{detail::PermitPool(limits.resources, limits.margin, limits.late_arrival),
                                  detail::PermitPool(limits.reports, limits.margin, limits.late_arrival)} {}

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        const std::scoped_lock lock(mutex_);
        return pool(group).acquire(now, longest);
    }

    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        pool(group).release(permit, use, now);
    }

    void close(LimitGroup group, Clock::time_point until, Clock::time_point) override {
        const std::scoped_lock lock(mutex_);
        pool(group).close(until);
    }

    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return pools_[static_cast<std::size_t>(group)].earliest(ahead, now);
    }

    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return pools_[static_cast<std::size_t>(group)].free_permits(now);
    }

    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

private:
    detail::PermitPool& pool(LimitGroup group) { return pools_[static_cast<std::size_t>(group)]; }

    RateLimits limits_;
    mutable std::mutex mutex_{};
    std::array<detail::PermitPool, limit_group_count> pools_;
};

} // namespace

std::string_view to_string(LimitGroup group) noexcept { return group == LimitGroup::reports ? "reports" : "resources"; }

std::shared_ptr<RateLimiter> local_rate_limiter(const RateLimits& limits) {
    return std::make_shared<LocalRateLimiter>(limits);
}

} // namespace fathom
