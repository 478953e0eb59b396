/// @file
/// Who shares the limit, and by what.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// Makes each process of one history its limiter.
using MakeLimiter = std::function<std::shared_ptr<RateLimiter>(const RateLimits&)>;

/// So many processes that share one limit.
struct Sharing {
    std::size_t processes = 1;
    /// Prepares a new history; not set: all share the limit in memory.
    std::function<MakeLimiter()> new_history{};

    /// Where the limit is written down at each step, that takes a hundred times as long to simulate.
    [[nodiscard]] bool is_slow() const noexcept { return static_cast<bool>(new_history); }
};

/// One process; four that share the limit in memory, by a file, and, where this was built with it, by Redis.
[[nodiscard]] std::vector<Sharing> all_sharings();

} // namespace fathom::detail
