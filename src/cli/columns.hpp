/// @file
/// Texts as wide as the columns of a terminal that they have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fathom::cli {

/// Columns that a text takes.
[[nodiscard]] std::size_t width_of(std::string_view text) noexcept;
/// The text, or its beginning and an ellipsis where it is wider; nothing where there is no room for that.
[[nodiscard]] std::string cut(std::string_view text, std::size_t width);

/// Tabs, line ends and whatever else could steer a terminal or turn the direction of writing become spaces, so that it is
/// one line.
[[nodiscard]] std::string in_one_line(std::string_view text);

enum class Alignment : std::uint8_t { left, right };

/// The text with spaces to that width.
[[nodiscard]] std::string aligned(const std::string& text, std::size_t width, Alignment alignment);

} // namespace fathom::cli
