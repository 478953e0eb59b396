/// @file
/// What a limiter's store holds, as text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "../core/permit_pool.hpp"
#include "tickets.hpp"

namespace fathom::detail {

/// What the pools of all groups remember.
using PoolStates = std::array<PermitPool::State, limit_group_count>;

/// The pools, and what must be known to understand their times.
struct LimiterState {
    std::uint64_t store_id = 0; ///< Of this store: another one that takes its place has another.
    std::string boot{};         ///< Whose clock the times are of: see boot_id(); in Redis, the server's run.
    PermitPool::TimePoint written_at{};
    PoolStates pools{};                                           // by LimitGroup
    std::array<std::vector<Ticket>, limit_group_count> tickets{}; // by LimitGroup
};

/// The state as text; all times are told from when it was written.
[[nodiscard]] std::string write_state(const LimiterState& state);

/// Reads what write_state() wrote; nothing where that is not what it is.
[[nodiscard]] std::optional<LimiterState> read_state(std::string_view text);

} // namespace fathom::detail
