/// @file
/// CSV as RFC 4180 has it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/result.hpp>

namespace fathom::detail::csv {

/// A text, or nothing for what is not set: empty without quotation marks, while an empty text has them.
using Cell = std::optional<std::string>;

/// A line of a table, with its end.
[[nodiscard]] std::string to_line(const std::vector<Cell>& cells);

/// The cells of one line, and where that begins in the file.
struct Line {
    std::size_t number = 1; ///< Of the line of the text, counted from 1.
    std::vector<Cell> cells{};
};

/// Reads a table: lines end with CRLF or LF, and lines without a character are passed over. A byte order mark at the start
/// is none of the first cell.
/// @return ErrorKind::decode where quotation marks don't match
[[nodiscard]] Result<std::vector<Line>> parse(std::string_view text);

} // namespace fathom::detail::csv
