/// @file
/// Numbers in text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fathom::detail {

/// The whole text as a finite number; nothing where it is not one.
[[nodiscard]] std::optional<double> parse_double(std::string_view text);
/// The whole text as an integer; `12.0` is one, `12.5` is not.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
/// A number as an integer, if it is one.
[[nodiscard]] std::optional<std::int64_t> to_integer(double number);

} // namespace fathom::detail
