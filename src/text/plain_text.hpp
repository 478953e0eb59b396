/// @file
/// Text from outside, made fit for a line of a log: valid UTF-8, one line, bounded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fathom::detail {

/// U+FFFD, which stands for what is no character.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// How many bytes the character at the start of a text has; 0 where those are not valid UTF-8.
[[nodiscard]] std::size_t character_length(std::string_view text) noexcept;

/// The text without the byte order mark of UTF-8 that it may begin with.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view text) noexcept;

/// The text without white space at its ends.
[[nodiscard]] std::string_view stripped(std::string_view text) noexcept;

/// Takes what stands before a separator off the front, and the separator; all of it where there is none.
std::string_view take_until(std::string_view& text, char separator) noexcept;

/// The text as one line of valid UTF-8: a blank for each control character, line or paragraph separator and change of the
/// direction of writing, U+FFFD for what is no character. What is longer than `longest` bytes ends with `…`.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t longest);

} // namespace fathom::detail
