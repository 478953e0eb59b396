/// @file
/// One limiter for all clients of this process that use the same key.
#pragma once

#include <memory>
#include <string_view>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// The limiter for that key at that address: the one that another client uses now, if there is one with equal limits, or
/// else a new one. Lives as long as any of its clients. The process that fork() makes begins with none. Safe from any
/// thread.
[[nodiscard]] std::shared_ptr<RateLimiter> process_limiter(std::string_view api_key, std::string_view base_url,
                                                           const RateLimits& limits);

} // namespace fathom::detail
