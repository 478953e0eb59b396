#include <fathom/redis/redis_rate_limiter.hpp>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../core/permit_pool.hpp"
#include "connection.hpp"

namespace fathom::redis {

namespace {

using fathom::detail::PermitPool;

/// One group: its keys in Redis, and what this client knows of it by itself.
class Group {
public:
    using Clock = RateLimiter::Clock;
    using Decision = std::variant<RateLimiter::Permit, RateLimiter::Denied, Error>;

    Group(LimitGroup group, const RedisOptions& options, const RateLimits& limits)
        : limit_(limits.of(group).requests),
          own_({.requests = group == LimitGroup::reports ? options.local_share.reports : options.local_share.resources,
                .window = limits.of(group).window},
               limits.margin, limits.late_arrival) {
        // The braces keep the keys of a group on one node of a cluster.
        const std::string start = options.name + ":{" + options.name + ":" + std::string(to_string(group)) + "}:";
        keys_ = {start + "in_flight", start + "returning", start + "facts"};
    }

    Decision acquire(detail::Connection& redis, OnLoss on_loss, Clock::time_point now, Clock::duration longest) {
        auto answer = ask(redis, now, longest);
        if (const auto* lost = std::get_if<detail::Lost>(&answer)) return without_redis(*lost, on_loss, now, longest);

        const auto& numbers = std::get<detail::Connection::Numbers>(answer);
        if (numbers.at(0) == 1) {
            known_until_ = now + own_.hold_after(PermitUse::answered);
            return hold(numbers.at(1), now, longest);
        }
        denied_until_ = now + std::chrono::microseconds(numbers.at(1)) + std::chrono::microseconds(1);
        return RateLimiter::Denied{denied_until_};
    }

    void release(detail::Connection& redis, RateLimiter::Permit permit, PermitUse use, Clock::time_point now) {
        const auto found = held_.find(permit.id);
        if (found == held_.end()) return;
        const std::int64_t id = found->second;
        held_.erase(found);
        own_.release(permit, use, now);
        const Clock::duration hold = own_.hold_after(use);
        if (id == taken_locally) {
            if (use != PermitUse::never_sent) debts_.push_back(now + hold);
            static_cast<void>(settle_debts(redis, now));
        } else {
            // Should this be lost, the permit lapses by itself, only later.
            static_cast<void>(redis.run_script(keys_, {"release", std::to_string(id), microseconds(hold)}));
        }
    }

    void close(detail::Connection& redis, Clock::time_point until, Clock::time_point now) {
        own_.close(until);
        static_cast<void>(redis.run_script(keys_, {"close", microseconds(until - now)}));
    }

    [[nodiscard]] Clock::time_point earliest(std::size_t ahead, Clock::time_point now) const {
        const auto rounds = static_cast<Clock::rep>(ahead / limit_);
        return std::max(now, denied_until_) + own_.hold_after(PermitUse::answered) * rounds;
    }

    [[nodiscard]] std::size_t free_permits(detail::Connection& redis, OnLoss on_loss, Clock::time_point now) const {
        if (denied_until_ > now) return 0;
        const auto answer = redis.run_script(keys_, {"free", std::to_string(limit_)});
        if (const auto* numbers = std::get_if<detail::Connection::Numbers>(&answer)) {
            return static_cast<std::size_t>(numbers->at(0));
        }
        return on_loss == OnLoss::use_local_share ? own_.free_permits(now) : 0;
    }

private:
    static constexpr std::int64_t taken_locally = 0;

    std::variant<detail::Connection::Numbers, detail::Lost> ask(detail::Connection& redis, Clock::time_point now,
                                                                Clock::duration longest) {
        if (std::optional<detail::Lost> lost = redis.connect()) return *std::move(lost);
        if (std::optional<detail::Lost> lost = settle_debts(redis, now)) return *std::move(lost);
        const bool was_here = now < known_until_;
        const bool has_just_connected = redis.generation() != known_generation_;
        auto answer = redis.run_script(keys_, {"acquire", std::to_string(limit_), microseconds(longest),
                                               microseconds(own_.hold_after(PermitUse::answered)),
                                               microseconds(own_.hold_after(PermitUse::abandoned)),
                                               was_here ? "1" : "0", has_just_connected ? "1" : "0"});
        if (std::holds_alternative<detail::Connection::Numbers>(answer)) known_generation_ = redis.generation();
        return answer;
    }

    static std::string microseconds(Clock::duration duration) {
        return std::to_string(std::chrono::ceil<std::chrono::microseconds>(duration).count());
    }

    RateLimiter::Permit hold(std::int64_t id, Clock::time_point now, Clock::duration longest) {
        const RateLimiter::Permit permit = own_.record(now, longest);
        held_.emplace(permit.id, id);
        return permit;
    }

    Decision without_redis(const detail::Lost& lost, OnLoss on_loss, Clock::time_point now, Clock::duration longest) {
        if (on_loss == OnLoss::fail) {
            return Error{.kind = ErrorKind::network,
                         .message = "the shared rate limiter cannot reach Redis: " + lost.why};
        }
        const auto decision = own_.acquire(now, longest);
        if (const auto* denied = std::get_if<RateLimiter::Denied>(&decision)) {
            denied_until_ = denied->try_again_at;
            return *denied;
        }
        const auto permit = std::get<RateLimiter::Permit>(decision);
        held_.emplace(permit.id, taken_locally);
        return permit;
    }

    /// Tells Redis of what was sent while it was away. @return why that was not possible
    std::optional<detail::Lost> settle_debts(detail::Connection& redis, Clock::time_point now) {
        while (!debts_.empty()) {
            const Clock::time_point back_at = debts_.back();
            if (back_at > now) {
                auto answer = redis.run_script(keys_, {"spent", microseconds(back_at - now)});
                if (auto* lost = std::get_if<detail::Lost>(&answer)) return std::move(*lost);
            }
            debts_.pop_back();
        }
        return std::nullopt;
    }

    std::size_t limit_;
    std::vector<std::string> keys_{};
    /// Everything that this client has sent, within its local share: what it may still send without Redis.
    PermitPool own_;
    std::unordered_map<std::uint64_t, std::int64_t> held_{}; // the permit's name in Redis, by its name here
    std::vector<Clock::time_point> debts_{};                 // when permits come back that Redis does not know of
    int known_generation_ = 0;                               // the connection on which Redis has told whether it is new
    Clock::time_point denied_until_{};
    Clock::time_point known_until_{}; // until then, Redis must know of something that this client has sent
};

class RedisRateLimiter final : public RateLimiter {
public:
    RedisRateLimiter(const RedisOptions& options, const RateLimits& limits)
        : on_loss_(options.on_loss), limits_(limits), redis_(options),
          groups_{Group(LimitGroup::resources, options, limits), Group(LimitGroup::reports, options, limits)} {}

    std::variant<Permit, Denied, Error> acquire(LimitGroup group, Clock::time_point now,
                                                Clock::duration longest) override {
        const std::scoped_lock lock(mutex_);
        return of(group).acquire(redis_, on_loss_, now, longest);
    }
    void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        of(group).release(redis_, permit, use, now);
    }
    void close(LimitGroup group, Clock::time_point until, Clock::time_point now) override {
        const std::scoped_lock lock(mutex_);
        of(group).close(redis_, until, now);
    }
    [[nodiscard]] Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                             Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return groups_[static_cast<std::size_t>(group)].earliest(ahead, now);
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup group, Clock::time_point now) const override {
        const std::scoped_lock lock(mutex_);
        return groups_[static_cast<std::size_t>(group)].free_permits(redis_, on_loss_, now);
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

private:
    Group& of(LimitGroup group) { return groups_[static_cast<std::size_t>(group)]; }

    OnLoss on_loss_;
    RateLimits limits_;
    mutable std::mutex mutex_{};
    mutable detail::Connection redis_;
    std::array<Group, limit_group_count> groups_; // by LimitGroup
};

} // namespace

std::shared_ptr<RateLimiter> redis_rate_limiter(const RedisOptions& options, const RateLimits& limits) {
    return std::make_shared<RedisRateLimiter>(options, limits);
}

} // namespace fathom::redis
