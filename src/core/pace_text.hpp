/// @file
/// What a pace has learnt as text, for limiters that keep it outside of the process.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pace.hpp"

namespace fathom::detail {

/// One line without its end: numbers, separated by spaces. Times are written as nanoseconds after `origin`, so that a
/// store may keep them in a clock of its own.
[[nodiscard]] std::string write_pace(const Pace::State& state, Pace::TimePoint origin);

/// Reads what write_pace() wrote; nothing where that is not what it is.
[[nodiscard]] std::optional<Pace::State> read_pace(std::string_view text, Pace::TimePoint origin);

} // namespace fathom::detail
