/// @file
/// The permits of one group, which Redis keeps.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <fathom/redis/redis_rate_limiter.hpp>

#include "../core/permit_pool.hpp"
#include "connection.hpp"

namespace fathom::redis::detail {

/// Takes permits from Redis and tells it how they ended. It remembers all that this client has sent, so that a Redis that
/// was away or has forgotten can be told, and so that the client knows what it may still do alone.
class SharedPool {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;

    /// @param client a name that no other client has, for the names of its permits
    SharedPool(LimitGroup group, std::string client, const RedisOptions& options, const RateLimits& limits);

    Result<RateLimiter::Admission> acquire(Connection& redis, TimePoint now, Clock::duration longest);
    void release(Connection& redis, RateLimiter::Permit permit, PermitUse use, TimePoint now);
    void close(Connection& redis, TimePoint until, TimePoint now);
    [[nodiscard]] TimePoint earliest(std::size_t ahead, TimePoint now) const;
    /// In Redis, or in the local share where that is away.
    [[nodiscard]] std::size_t free_permits(Connection& redis, TimePoint now);

private:
    /// A permit of this client's that has not come back.
    struct Held {
        TimePoint until{};
        bool is_under_way = true;
        int told_on = 0;          ///< The connection on which Redis heard of this; 0: none.
        bool is_in_redis = false; ///< Redis has heard of the permit, maybe not of how it stands.
    };

    [[nodiscard]] Result<RateLimiter::Admission> acquire_alone(const Lost& lost, TimePoint retry_at, TimePoint now,
                                                               Clock::duration longest);
    std::variant<Connection::Numbers, Lost> take(Connection& redis, TimePoint now, Clock::duration longest);
    std::optional<Lost> tell(Connection& redis, TimePoint now);
    std::variant<Connection::Numbers, Lost> run(Connection& redis, const char* operation,
                                                std::vector<std::string> arguments, std::size_t expected_numbers);
    [[nodiscard]] std::string name_of(std::uint64_t permit) const;
    void forget_returned(const Connection& redis, TimePoint now);

    std::size_t limit_;
    bool may_go_alone_;
    std::vector<std::string> keys_;
    std::string client_;
    fathom::detail::PermitPool own_;       ///< What this client has sent, within its local share.
    std::map<std::uint64_t, Held> held_{}; ///< By the permit's number in `own_`.
    TimePoint closed_until_{};
    bool is_closing_told_ = true;
    int met_on_ = 0; ///< The connection on which Redis was asked whether it knows the limit.
    TimePoint denied_until_{};
};

} // namespace fathom::redis::detail
