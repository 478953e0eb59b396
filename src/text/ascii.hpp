/// @file
/// Letters of ASCII without regard to their case, whatever the program's locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace fathom::detail {

[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower);
}

} // namespace fathom::detail
