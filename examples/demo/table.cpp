#include "table.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "text.hpp"

namespace demo {

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
    for (const Column& column : columns_) widths_.push_back(length(column.title));
}

void Table::add(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], length(cells[i]));
    rows_.push_back(std::move(cells));
}

void Table::write_row(std::ostream& out, const std::vector<std::string>& cells) const {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string padding(widths_[i] - length(cells[i]), ' ');
        line.append("  ").append(columns_[i].align == Align::right ? padding + cells[i] : cells[i] + padding);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
}

std::ostream& operator<<(std::ostream& out, const Table& table) {
    std::vector<std::string> titles;
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < table.columns_.size(); ++i) {
        titles.push_back(table.columns_[i].title);
        rules.emplace_back(table.widths_[i], '-');
    }
    table.write_row(out, titles);
    table.write_row(out, rules);
    for (const std::vector<std::string>& row : table.rows_) table.write_row(out, row);
    return out;
}

} // namespace demo
