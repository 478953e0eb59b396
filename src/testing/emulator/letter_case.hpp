/// @file
/// Letters of ASCII without regard to their case.
#pragma once

#include <algorithm>
#include <string_view>

namespace fathom::testing::detail {

[[nodiscard]] constexpr char to_lower(char character) noexcept {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

[[nodiscard]] constexpr bool equal_in_any_case(std::string_view left, std::string_view right) noexcept {
    return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

} // namespace fathom::testing::detail
