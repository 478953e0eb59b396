#include "listing.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string_view>

#include "columns.hpp"
#include "exit_code.hpp"
#include "html.hpp"
#include "table.hpp"

namespace fathom::cli {

namespace {

constexpr std::size_t usual_width = 80; // where a table is wanted that is for no terminal

using Columns = std::vector<std::string>;

bool is_filled(const Listing& listing, const std::string& column) {
    return std::ranges::any_of(listing.records, [&](const Record& record) { return record.contains(column); });
}

std::string names_of(const Columns& columns) {
    std::string names;
    for (const std::string& column : columns) names.append(names.empty() ? "" : ", ").append(column);
    return names;
}

Columns chosen_columns(const Listing& listing, const Layout& layout) {
    require_fields(layout, listing.columns);
    return layout.fields.empty() ? listing.columns : layout.fields;
}

Columns without_empty(const Listing& listing, Columns columns) {
    std::erase_if(columns, [&](const std::string& column) { return !is_filled(listing, column); });
    return columns;
}

Record only(const Record& record, const Columns& columns) {
    Record kept = Record::object();
    for (const std::string& column : columns) {
        if (record.contains(column)) kept[column] = record[column];
    }
    return kept;
}

/// Texts as they are, lists with spaces between, all else as JSON.
std::string text_of(const Record& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string text;
    for (const Record& part : value) text += (text.empty() ? "" : " ") + text_of(part);
    return text;
}

std::string text_of(const Record& record, const std::string& column) {
    return record.contains(column) ? text_of(record[column]) : std::string();
}

/// RFC 4180. Nothing is changed to suit a spreadsheet.
std::string csv_cell(const Record& record, const std::string& column) {
    if (!record.contains(column)) return {};
    std::string text = text_of(record[column]);
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

void write_csv(const Listing& listing, const Columns& columns, bool has_names, std::ostream& out) {
    const auto write_line = [&](const auto& cell) {
        for (std::size_t i = 0; i < columns.size(); ++i) out << (i == 0 ? "" : ",") << cell(columns[i]);
        out << "\r\n";
    };
    if (has_names) write_line([](const std::string& column) { return column; });
    for (const Record& record : listing.records) {
        write_line([&](const std::string& column) { return csv_cell(record, column); });
    }
}

void write_json(const Listing& listing, const Columns& columns, std::ostream& out) {
    if (listing.is_single && listing.records.size() == 1) {
        out << only(listing.records.front(), columns).dump(2) << '\n';
        return;
    }
    out << '[';
    for (std::size_t i = 0; i < listing.records.size(); ++i) {
        out << (i == 0 ? "\n" : ",\n") << only(listing.records[i], columns).dump();
    }
    out << (listing.records.empty() ? "]\n" : "\n]\n");
}

void write_tabs(const Listing& listing, const Columns& columns, std::ostream& out) {
    for (const Record& record : listing.records) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            out << (i == 0 ? "" : "\t") << in_one_line(text_of(record, columns[i]));
        }
        out << '\n';
    }
}

Table::Content content_of(const Listing& listing, const std::string& column) {
    const bool is_number = std::ranges::all_of(
        listing.records, [&](const Record& record) { return !record.contains(column) || record[column].is_number(); });
    if (is_number) return Table::Content::number;
    if (column == "id" || column.ends_with("_id")) return Table::Content::id;
    if (column.ends_with("_at") || column.ends_with("date")) return Table::Content::time;
    return Table::Content::text;
}

Table table_of(const Listing& listing, const Columns& columns) {
    Table table;
    for (const std::string& column : columns) {
        table.columns.push_back({.heading = column, .content = content_of(listing, column)});
    }
    for (const Record& record : listing.records) {
        std::vector<std::string> cells;
        for (const std::string& column : columns) cells.push_back(in_one_line(text_of(record, column)));
        table.rows.push_back(std::move(cells));
        if (!listing.bar_of.empty()) table.bars.push_back(record.value(listing.bar_of, 0.0));
    }
    return table;
}

/// A record by itself: a line for each member.
Table upright(const Record& record, const Columns& columns) {
    Table table{.columns = {{.heading = {}}, {.heading = {}}}};
    for (const std::string& column : columns) table.rows.push_back({column, in_one_line(text_of(record, column))});
    return table;
}

void write_table(const Listing& listing, const Columns& columns, bool has_all_columns, Console& console) {
    const bool is_upright = listing.is_single && listing.records.size() == 1;
    const Table table = is_upright ? upright(listing.records.front(), columns) : table_of(listing, columns);
    const std::string text = drawn(table, {.width = console.is_terminal() ? console.width : usual_width,
                                           .has_colour = console.has_colour,
                                           .has_all_columns = has_all_columns});
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    const bool is_paged = console.page && console.height > 0 && lines >= console.height && console.page(text);
    if (!is_paged) console.out << text;
}

bool is_number(const Table::Column& column) noexcept { return column.content == Table::Content::number; }

/// The bars are drawn beside the figures that they show, so who hears the page misses nothing.
std::string html_row(const Table& table, std::size_t row, double largest) {
    std::string html = "<tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        html.append(is_number(table.columns[i]) ? "<td class=\"number\">" : "<td>");
        html.append(html_text(table.rows[row][i])).append("</td>");
    }
    if (largest > 0) html += R"(<td class="chart">)" + html_bar(table.bars[row] / largest) + "</td>";
    return html + "</tr>\n";
}

std::string html_of(const Table& table) {
    const double largest = table.bars.empty() ? 0 : *std::ranges::max_element(table.bars);
    std::string html = "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n<caption>" +
                       std::to_string(table.rows.size()) + (table.rows.size() == 1 ? " row" : " rows") +
                       "</caption>\n<thead>\n<tr>";
    for (const Table::Column& column : table.columns) html += html_heading(column.heading, is_number(column));
    html += largest > 0 ? "<td class=\"chart\"></td></tr>\n</thead>\n<tbody>\n" : "</tr>\n</thead>\n<tbody>\n";
    for (std::size_t row = 0; row < table.rows.size(); ++row) html += html_row(table, row, largest);
    return html + "</tbody>\n</table>\n</div>\n";
}

} // namespace

void require_fields(const Layout& layout, const std::vector<std::string>& columns) {
    const auto unknown = std::ranges::find_if(
        layout.fields, [&](const std::string& field) { return std::ranges::find(columns, field) == columns.end(); });
    if (unknown == layout.fields.end()) return;
    throw UsageError("--fields: there is no " + *unknown + "; there are " + names_of(columns));
}

void show(const Listing& listing, const Layout& layout, Console& console) {
    const Columns columns = chosen_columns(listing, layout);
    switch (layout.format) {
    case Format::json: return write_json(listing, columns, console.out);
    case Format::json_lines:
        for (const Record& record : listing.records) console.out << only(record, columns).dump() << '\n';
        return;
    case Format::csv: return write_csv(listing, columns, !layout.is_continued, console.out);
    case Format::html:
        console.out << html_page(layout.title, html_of(table_of(listing, without_empty(listing, columns))));
        return;
    case Format::plain: break;
    }
    if (!console.draws_tables()) return write_tabs(listing, columns, console.out);
    if (listing.records.empty()) {
        console.err << "There are none.\n";
        return;
    }
    write_table(listing, without_empty(listing, columns), !layout.fields.empty(), console);
}

} // namespace fathom::cli
