/// @file
/// The pools of a shared limiter as text.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "../core/permit_pool.hpp"

namespace fathom::detail {

/// What the pools of all groups remember.
using PoolStates = std::array<PermitPool::State, limit_group_count>;

/// Writes the states, with a checksum: a writer may be killed half-way.
[[nodiscard]] std::string write_states(const PoolStates& states);

/// Reads what write_states() wrote; nothing where that is not what it is.
[[nodiscard]] std::optional<PoolStates> read_states(std::string_view text);

} // namespace fathom::detail
