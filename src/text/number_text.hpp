/// @file
/// Numbers in text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fathom::detail {

// Each gives false where there is no such number, and leaves the variable as it was. They fill one, since millions are
// read: a processor waits for an optional that was written in two pieces and is read as one.

/// The whole text as a finite number.
[[nodiscard]] bool parse_double(std::string_view text, double& number);
/// The whole text as an integer; `12.0` is one, `12.5` is not.
[[nodiscard]] bool parse_integer(std::string_view text, std::int64_t& number);
/// A number as an integer, if it is one.
[[nodiscard]] bool to_integer(double number, std::int64_t& integer);
/// The shortest text that reads as the number.
[[nodiscard]] std::string number_text(double number);

} // namespace fathom::detail
