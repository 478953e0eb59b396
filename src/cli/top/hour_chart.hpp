/// @file
/// Today by hour beside last week, as bars that stand.
#pragma once

#include <vector>

#include "lines.hpp"

namespace fathom::cli {

/// The narrowest terminal that has room for it.
inline constexpr std::size_t narrowest_chart = 48;

/// So many lines of bars, and one below with the hours.
[[nodiscard]] std::vector<Line> hour_chart(const Panels& panels, const ScreenSize& size, Glyphs glyphs);

/// The most visits that any bar shows.
[[nodiscard]] std::int64_t highest_bar(const Panels& panels);

} // namespace fathom::cli
