/// @file
/// A table for a terminal: aligned, as wide as the terminal at most, with bars.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fathom::cli {

struct Table {
    struct Column {
        std::string heading{}; ///< All empty: there is no line of headings.
        bool is_number = false;
    };

    std::vector<Column> columns{};
    std::vector<std::vector<std::string>> rows{}; ///< A cell for each column.
    std::vector<double> bars{};                   ///< One for each row; empty for none.
};

struct Drawing {
    std::size_t width = 80; ///< Of the terminal, in columns.
    bool has_colour = false;
};

/// Texts are cut where the table would be wider than the terminal; bars take what is left.
[[nodiscard]] std::string drawn(const Table& table, const Drawing& drawing);

} // namespace fathom::cli
