/// @file
/// A bar chart for a terminal.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace demo {

/// One bar.
struct Bar {
    std::string label;
    std::int64_t value = 0;
};

/// What bars are made of.
enum class Ink {
    blocks, ///< UTF-8 block elements, an eighth of a line exact.
    ascii,  ///< `#`, for terminals without UTF-8.
};

/// What the terminal can show, as far as the environment tells.
[[nodiscard]] Ink terminal_ink();

/// Draws upright bars, from the first to the last, with the largest value and the outer labels beside them.
void draw(std::ostream& out, const std::vector<Bar>& bars, Ink ink);

} // namespace demo
