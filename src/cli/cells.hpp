/// @file
/// How wide a terminal draws a character.
#pragma once

#include <cstddef>

namespace fathom::cli {

/// Cells of a terminal: two for what East Asian scripts draw wide and for most emoji, none for what stands on or joins other
/// characters. The system's wcwidth() says the same only where the process has a locale of UTF-8.
[[nodiscard]] std::size_t cells_of(char32_t code_point) noexcept;

} // namespace fathom::cli
