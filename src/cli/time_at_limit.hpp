/// @file
/// How long reports take that the limit holds back.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include <fathom/rate_limit.hpp>

namespace fathom::cli {

/// Within this time so many reports are let through that are asked for at once, where nobody else asks for any.
[[nodiscard]] constexpr std::chrono::seconds time_at_limit(std::size_t reports, const RateLimits& limits) {
    const std::size_t at_once = std::max<std::size_t>(limits.reports.requests, 1);
    const std::size_t windows = reports / at_once + (reports % at_once == 0 ? 0 : 1);
    return static_cast<std::chrono::seconds::rep>(windows) * (limits.reports.window + limits.margin);
}

} // namespace fathom::cli
