/// @file
/// A table for a terminal.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace demo {

/// Where the text of a column stands.
enum class Align { left, right };

/// The head of a column.
struct Column {
    std::string title;
    Align align = Align::left;
};

/// Rows of text whose columns are as wide as their widest cell.
class Table {
public:
    explicit Table(std::vector<Column> columns);

    /// Adds a row of as many cells as there are columns.
    void add(std::vector<std::string> cells);

    friend std::ostream& operator<<(std::ostream& out, const Table& table);

private:
    void write_row(std::ostream& out, const std::vector<std::string>& cells) const;

    std::vector<Column> columns_;
    std::vector<std::size_t> widths_;
    std::vector<std::vector<std::string>> rows_{};
};

} // namespace demo
