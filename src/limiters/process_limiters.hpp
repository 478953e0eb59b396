/// @file
/// One limiter for all clients of this process that use the same key.
#pragma once

#include <memory>
#include <string_view>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// The limiter for that key at that address: the one that another client with equal limits uses, or has used so lately that
/// not all of its permits have come back, or else a new one. The process that fork() makes begins with none. Safe from any
/// thread.
[[nodiscard]] std::shared_ptr<RateLimiter> process_limiter(std::string_view api_key, std::string_view base_url,
                                                           const RateLimits& limits);

} // namespace fathom::detail
