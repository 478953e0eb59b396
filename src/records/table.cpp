#include "table.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace fathom::detail::csv {

const Cell* Table::find_cell(const Line& line, std::string_view name) const {
    const auto column = std::ranges::find(columns, name);
    return column == columns.end() ? nullptr : &line.cells[static_cast<std::size_t>(column - columns.begin())];
}

Result<Table> parse_table(std::string_view text) {
    Result<std::vector<Line>> lines = parse(text);
    if (!lines) return std::move(lines).error();
    Table table;
    if (lines->empty()) return table;
    for (const Cell& name : lines->front().cells) table.columns.push_back(name.value_or(""));
    for (auto name = table.columns.begin(); name != table.columns.end(); ++name) {
        if (std::find(table.columns.begin(), name, *name) == name) continue;
        return Error{.kind = ErrorKind::decode, .message = "line 1 names the column '" + *name + "' twice"};
    }
    table.lines.assign(std::make_move_iterator(lines->begin() + 1), std::make_move_iterator(lines->end()));
    for (const Line& line : table.lines) {
        if (line.cells.size() == table.columns.size()) continue;
        return Error{.kind = ErrorKind::decode,
                     .message = "line " + std::to_string(line.number) + " has " + std::to_string(line.cells.size()) +
                                " cells, but there are " + std::to_string(table.columns.size()) + " columns"};
    }
    return table;
}

} // namespace fathom::detail::csv
