/// @file
/// One limit for many machines, kept in Redis.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <fathom/export.hpp>
#include <fathom/rate_limit.hpp>

/// A rate limiter that many machines share.
namespace fathom::redis {

/// What happens while Redis cannot be reached.
enum class OnLoss : std::uint8_t {
    fail,            ///< Calls fail with ErrorKind::network: the limit is never at risk.
    use_local_share, ///< Calls go on within RedisOptions::local_share: the shares of all clients must add up to the limit.
};

/// The part of each limit that a client may use while Redis cannot be reached; at least 1 each.
struct LocalShare {
    std::size_t resources = 100; ///< Requests per window of LimitGroup::resources.
    std::size_t reports = 1;     ///< Requests per window of LimitGroup::reports.
};

/// Where Redis is, and what to do without it.
struct RedisOptions {
    std::string host = "127.0.0.1"; ///< Name or address.
    int port = 6379;                ///< TCP port.
    std::string password{};         ///< For AUTH; empty: none.
    int database = 0;               ///< For SELECT.
    /// Starts the names of the keys; clients with the same name share the limit: one name per API key.
    std::string name = "fathom";
    /// Longest that connecting or one command may take. The client's loop waits for it, so keep it short.
    std::chrono::milliseconds timeout{100};
    std::chrono::milliseconds reconnect_interval{1'000}; ///< How long to do without Redis after it failed.
    OnLoss on_loss = OnLoss::fail;                       ///< See OnLoss.
    LocalShare local_share{};                            ///< See OnLoss::use_local_share.
};

/// A limiter that all clients share which name the same Redis server and key name, on any machine. It runs by the
/// server's clock, in one script, so that the machines' clocks do not matter; needs Redis 5 or later. Connects when it is
/// first used.
///
/// A client that dies gives its permits back by time. When Redis was restarted or wiped, the limit starts closed for a
/// window, since nobody knows what was sent before.
///
/// @param limits all clients need the same
[[nodiscard]] FATHOM_EXPORT std::shared_ptr<RateLimiter> redis_rate_limiter(const RedisOptions& options = {},
                                                                            const RateLimits& limits = {});

} // namespace fathom::redis
