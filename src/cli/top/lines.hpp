/// @file
/// What `fathom top` draws, as text with styles: knows no terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "../panels.hpp"

namespace fathom::cli {

/// How a text is to look.
enum class Style : std::uint8_t {
    plain,
    strong,     ///< What heads something.
    quiet,      ///< What explains something.
    bar,        ///< Today.
    bar_before, ///< Last week.
    alarm,      ///< What went wrong.
};

/// A text from a column on.
struct Span {
    std::size_t column = 0;
    std::string text{};
    Style style = Style::plain;
};

using Line = std::vector<Span>;

/// Of a terminal.
struct ScreenSize {
    std::size_t lines = 24;
    std::size_t columns = 80;
};

/// What bars are made of.
enum class Glyphs : std::uint8_t {
    blocks, ///< Unicode's blocks, in eighths.
    ascii,
};

/// The panels, as much of them as the size has room for; never more lines than it has.
[[nodiscard]] std::vector<Line> lines_of(const Panels& panels, const ScreenSize& size, Glyphs glyphs);

/// Without styles.
[[nodiscard]] std::string text_of(const std::vector<Line>& lines);

} // namespace fathom::cli
