/// @file
/// A limiter on any server.
#pragma once

#include <memory>

#include <fathom/redis/redis_rate_limiter.hpp>

#include "server.hpp"

namespace fathom::redis::detail {

/// A limiter that keeps its permits in that server.
[[nodiscard]] std::shared_ptr<RateLimiter> limiter_on(std::unique_ptr<Server> server, const RedisOptions& options,
                                                      const RateLimits& limits);

} // namespace fathom::redis::detail
