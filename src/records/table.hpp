/// @file
/// A table with names for its columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "csv.hpp"

namespace fathom::detail::csv {

/// Lines that have a cell for each column.
struct Table {
    std::vector<std::string> columns{};
    std::vector<Line> lines{};

    /// The cell of the column of that name; null where there is none.
    [[nodiscard]] const Cell* find_cell(const Line& line, std::string_view name) const;
};

/// Reads a table whose first line names the columns.
[[nodiscard]] Result<Table> parse_table(std::string_view text);

} // namespace fathom::detail::csv
