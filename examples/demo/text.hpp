/// @file
/// What comes from the network, made ready for a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace demo {

/// Number of characters of UTF-8 text.
[[nodiscard]] std::size_t length(std::string_view text);

/// The text without control characters and with at most `longest` characters. Paths are chosen by whoever visits a
/// site, so an escape sequence in one must not reach the terminal.
[[nodiscard]] std::string printable(std::string_view text, std::size_t longest = 40);

/// `2026-01-31`.
[[nodiscard]] std::string date_text(std::chrono::local_seconds time);

/// `1234`, or `-` for a number that the service left empty.
[[nodiscard]] std::string number_text(std::optional<std::int64_t> number);

/// With one decimal, or `-`.
[[nodiscard]] std::string decimal_text(std::optional<double> number);

} // namespace demo
