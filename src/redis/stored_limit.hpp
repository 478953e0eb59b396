/// @file
/// The permits of one group as Redis keeps them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fathom/redis/redis_rate_limiter.hpp>

#include "../limiters/known_pools.hpp"
#include "../limiters/limiter_state.hpp"
#include "server.hpp"
#include "server_clock.hpp"

namespace fathom::redis::detail {

/// Reads what Redis holds, lets it be changed here, and writes it back unless another client was faster; then again. What
/// this client knows puts right a Redis that was restarted, wiped or replaced. Times are the limit's, see ServerClock.
class StoredLimit {
public:
    using PermitPool = fathom::detail::PermitPool;
    using Tickets = fathom::detail::Tickets;
    using TimePoint = ServerClock::TimePoint;
    /// Changes the pool. It may be done several times, and the last time counts. @return whether anything is different
    using Change = std::function<bool(PermitPool& pool, Tickets& tickets, TimePoint limit_time)>;

    StoredLimit(LimitGroup group, const RedisOptions& options, const RateLimits& limits);

    /// @return why it could not be done, or it is not known whether it was
    std::optional<Lost> update(Server& redis, const Change& change);

    /// As it was at the last update.
    [[nodiscard]] const PermitPool& pool() const { return pools_[group_]; }
    [[nodiscard]] const Tickets& tickets() const { return pools_.tickets(group_); }
    [[nodiscard]] const ServerClock& clock() const noexcept { return clock_; }
    /// This client holds a permit: should Redis forget it, it is told.
    void remember(std::uint64_t permit) { pools_.remember(group_, permit); }
    /// It holds it no longer.
    void forget(std::uint64_t permit) { pools_.forget(group_, permit); }

private:
    using LimiterState = fathom::detail::LimiterState;

    /// What Redis answered.
    struct Answer {
        bool is_written = false;
        std::chrono::microseconds correction{}; ///< As it must be.
        bool must_write = false;                ///< What is there cannot stay so.
    };

    std::variant<Answer, Lost> run(Server& redis, std::vector<std::string> arguments);
    void understand(Answer& answer, const std::string& run);

    LimitGroup group_;
    RateLimits limits_;
    std::vector<std::string> keys_;
    fathom::detail::KnownPools pools_;
    ServerClock clock_{};
    LimiterState state_{};  ///< As it is in Redis at `version_`.
    std::string version_{}; ///< How often it was written, a colon, the store's id; empty where there is none.
    int met_on_ = 0;        ///< The connection on which Redis was asked which run it is.
};

} // namespace fathom::redis::detail
