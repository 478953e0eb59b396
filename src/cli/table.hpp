/// @file
/// A table for a terminal: aligned, as wide as the terminal at most, with bars.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fathom::cli {

struct Table {
    /// What is cut is still of use for a text alone.
    enum class Content { text, number, id, time };

    struct Column {
        std::string heading{}; ///< All empty: there is no line of headings.
        Content content = Content::text;
    };

    std::vector<Column> columns{};
    std::vector<std::vector<std::string>> rows{}; ///< A cell for each column.
    std::vector<double> bars{};                   ///< One for each row; empty for none.
};

struct Drawing {
    std::size_t width = 80; ///< Of the terminal, in columns.
    bool has_colour = false;
    bool has_all_columns = false; ///< However wide the table gets.
};

/// Where the table would be wider than the terminal, texts are cut, and times are left out from the last one on; a first column
/// always stays. Bars take what is left.
[[nodiscard]] std::string drawn(const Table& table, const Drawing& drawing);

} // namespace fathom::cli
