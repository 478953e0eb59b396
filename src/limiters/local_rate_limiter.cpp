#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include <fathom/rate_limit.hpp>

#include "../core/permit_pool.hpp"
#include "../platform/fork.hpp"
#include "forked_anew.hpp"
#include "tickets.hpp"
#include "waiting_client.hpp"

namespace fathom::inline v0_2 {

namespace {

using detail::ForkedAnew;
using detail::generation_of_process;
using detail::PermitPool;
using detail::Tickets;
using detail::WaitingClient;
using Clock = RateLimiter::Clock;

/// All who wait are told of each change, and none of them can be killed alone.
constexpr Tickets::Habits local_habits{.look_again = std::chrono::hours{24},
                                       .look_again_soon = std::chrono::hours{24},
                                       .sign_of_life = std::chrono::hours{24}};

/// What all views of a limiter share: one pool and the tickets of each group behind a mutex.
class SharedPools {
public:
    explicit SharedPools(const RateLimits& limits)
        : limits_(limits), groups_{Group{PermitPool(limits.resources, limits.margin, limits.late_arrival)},
                                   Group{PermitPool(limits.reports, limits.margin, limits.late_arrival)}} {}

    [[nodiscard]] const RateLimits& limits() const noexcept { return limits_; }

    void join(const WaitingClient& client) {
        const std::scoped_lock lock(mutex_);
        clients_.join(client);
    }
    void leave(const WaitingClient& client) {
        const std::scoped_lock lock(mutex_);
        clients_.leave(client);
        for (Group& group : groups_) group.tickets.take_out(client.id());
    }
    void waiting(WaitingClient& client, LimitGroup group, std::size_t calls, Clock::time_point oldest_since,
                 Clock::time_point now) {
        const std::scoped_lock lock(mutex_);
        client.waiting(group, calls, oldest_since, now);
        of(group).tickets.correct(client.ticket(group));
        if (calls == 0) clients_.wake_all_but(client, group); // who was behind it may go
    }

    RateLimiter::Admission acquire(const WaitingClient& client, LimitGroup group, Clock::time_point now,
                                   Clock::duration longest) {
        const std::scoped_lock lock(mutex_);
        bool is_changed = false; // which is of interest to those who must write it
        const RateLimiter::Admission admission =
            of(group).tickets.acquire(of(group).pool, client.ticket(group), now, longest, local_habits, is_changed);
        if (admission.permit) clients_.wake_all_but(client, group); // their turn may have come
        return admission;
    }
    /// Changes a pool, and tells the clients that wait if that may let them go earlier.
    void change(const WaitingClient& client, LimitGroup group, Clock::time_point now, const auto& what) {
        const std::scoped_lock lock(mutex_);
        what(of(group).pool);
        of(group).tickets.hurry(client.id(), now);
        clients_.wake_all_but(client, group);
    }
    [[nodiscard]] Clock::time_point earliest(const WaitingClient& client, LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const {
        const std::scoped_lock lock(mutex_);
        const std::size_t others = of(group).tickets.ahead_of(client.ticket(group), ahead, now);
        return of(group).pool.earliest(ahead + others, now);
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const {
        const std::scoped_lock lock(mutex_);
        return of(group).pool.free_permits(now);
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const {
        const std::scoped_lock lock(mutex_);
        LimitPace pace = of(group).pool.pace(now);
        pace.waiting = of(group).tickets.waiting(now);
        return pace;
    }

private:
    struct Group {
        PermitPool pool;
        Tickets tickets{};
    };

    [[nodiscard]] Group& of(LimitGroup group) { return groups_[static_cast<std::size_t>(group)]; }
    [[nodiscard]] const Group& of(LimitGroup group) const { return groups_[static_cast<std::size_t>(group)]; }

    RateLimits limits_;
    mutable std::mutex mutex_{};
    std::array<Group, limit_group_count> groups_; // by LimitGroup
    detail::WaitingClients clients_{};
};

/// The limiter, or a client's view of it.
class LocalRateLimiter final : public RateLimiter {
public:
    using Permit = RateLimiter::Permit;

    LocalRateLimiter(std::shared_ptr<ForkedAnew<SharedPools>> pools, std::function<void()> changed)
        : pools_(std::move(pools)), client_(std::move(changed)) {
        pools_->get().join(client_);
    }
    LocalRateLimiter(const LocalRateLimiter&) = delete;
    LocalRateLimiter& operator=(const LocalRateLimiter&) = delete;
    ~LocalRateLimiter() override {
        if (generation_of_process() == generation_) pools_->get().leave(client_);
    }

    Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) override {
        return pools_->get().acquire(client_, group, now, longest);
    }
    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        pools_->get().change(client_, group, now, [&](PermitPool& pool) { pool.release(permit, use, now); });
    }
    void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                 Clock::time_point now) override {
        pools_->get().change(client_, group, now, [&](PermitPool& pool) { pool.refused(permit, retry_after, now); });
    }
    void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) override {
        pools_->get().change(client_, group, now, [&](PermitPool& pool) { pool.tighten(remaining, until, now); });
    }
    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        pools_->get().change(client_, group, now, [&](PermitPool& pool) { pool.close(until); });
    }
    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        return pools_->get().earliest(client_, group, ahead, now);
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        return pools_->get().free_permits(group, now);
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, Clock::time_point now) const override {
        return pools_->get().pace(group, now);
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return pools_->get().limits(); }

    [[nodiscard]] std::shared_ptr<RateLimiter> attach(Notice changed) override {
        return std::make_shared<LocalRateLimiter>(pools_, std::move(changed));
    }
    void waiting(LimitGroup group, std::size_t calls, Clock::time_point oldest_since, Clock::time_point now) override {
        pools_->get().waiting(client_, group, calls, oldest_since, now);
    }

private:
    std::shared_ptr<ForkedAnew<SharedPools>> pools_;
    const unsigned generation_ = generation_of_process(); ///< Of the process that it has joined in.
    WaitingClient client_;
};

} // namespace

std::shared_ptr<RateLimiter> local_rate_limiter(const RateLimits& limits) {
    auto pools = std::make_shared<ForkedAnew<SharedPools>>([limits] { return std::make_unique<SharedPools>(limits); });
    return std::make_shared<LocalRateLimiter>(std::move(pools), nullptr);
}

} // namespace fathom::inline v0_2
