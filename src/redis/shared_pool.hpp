/// @file
/// The permits of one group, from Redis or from a share of one's own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <fathom/redis/redis_rate_limiter.hpp>

#include "../core/permit_pool.hpp"
#include "server.hpp"
#include "stored_limit.hpp"

namespace fathom::redis::detail {

/// Takes permits from Redis and tells it how they ended; what cannot be told is told as soon as Redis is back. It counts all
/// that this client sends, so that the client knows what it may still do alone.
class SharedPool {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;
    using Permit = RateLimiter::Permit;
    using Ticket = fathom::detail::Ticket;

    SharedPool(LimitGroup group, const RedisOptions& options, const RateLimits& limits);

    /// @param ticket of the client that asks
    Result<RateLimiter::Admission> acquire(Server& redis, const Ticket& ticket, TimePoint now, Clock::duration longest);
    /// The client says how many of its calls wait, which may be none.
    void waiting(Server& redis, const Ticket& own);
    void release(Server& redis, Permit permit, PermitUse use, TimePoint now);
    void refused(Server& redis, Permit permit, std::optional<std::chrono::seconds> retry_after, TimePoint now);
    void tighten(Server& redis, std::size_t remaining, TimePoint until, TimePoint now);
    void close(Server& redis, TimePoint until, TimePoint now);
    [[nodiscard]] TimePoint earliest(const Ticket& ticket, std::size_t ahead, TimePoint now) const;
    /// In Redis, or in the local share where that is away.
    [[nodiscard]] std::size_t free_permits(Server& redis, TimePoint now);
    [[nodiscard]] LimitPace pace(TimePoint now) const;

private:
    using PermitPool = fathom::detail::PermitPool;
    using Tickets = fathom::detail::Tickets;
    /// Changes what Redis has of the group, at a limit's time that is the same as a local one.
    using News = std::function<void(PermitPool& pool, Tickets& tickets,
                                    const std::function<TimePoint(TimePoint)>& to_limit_time)>;
    /// The number of a permit in Redis; 0 while that does not know of it.
    using Number = std::shared_ptr<std::uint64_t>;

    [[nodiscard]] Result<RateLimiter::Admission> acquire_alone(const Lost& lost, TimePoint retry_at, TimePoint now,
                                                               Clock::duration longest);
    std::optional<Lost> update(Server& redis, const StoredLimit::Change& change);
    void tell(Server& redis, News news);
    [[nodiscard]] Number take_out(Permit permit);
    [[nodiscard]] Ticket in_limit_time(Ticket ticket) const;

    bool may_go_alone_;
    StoredLimit stored_;
    PermitPool own_;                         ///< What this client has sent, within its local share.
    std::map<std::uint64_t, Number> held_{}; ///< By the permit's number in `own_`.
    std::vector<News> news_{};               ///< What Redis must be told.
    std::optional<TimePoint> alone_until_{}; ///< Redis is away, and `own_` had nothing before that.
};

} // namespace fathom::redis::detail
