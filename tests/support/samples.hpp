/// @file
/// What many tests begin with.
#pragma once

#include <chrono>

#include <fathom/rate_limit.hpp>
#include <fathom/transport.hpp>

namespace fathom::detail {

inline constexpr Transport::Clock::time_point start{std::chrono::hours{1}};
inline constexpr std::chrono::sys_seconds noon =
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + std::chrono::hours{12};
inline constexpr RateLimit ten_a_minute{.requests = 10, .window = std::chrono::seconds{60}};

} // namespace fathom::detail
