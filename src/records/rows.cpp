#include "rows.hpp"

#include <iterator>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <fathom/records.hpp>

#include "../json/json.hpp"
#include "../reports/grouped_text.hpp"
#include "../reports/metrics.hpp"
#include "cells.hpp"
#include "table.hpp"

namespace fathom::detail {

namespace {

using csv::Cell;

constexpr std::string_view time_column = "date";

/// By the name that is written, and the other one that the service has used.
bool is_time(std::string_view column) { return column == time_column || column == "timestamp"; }

template <class Row>
using MetricOf = std::conditional_t<std::is_same_v<Row, PageviewRow>, PageviewMetric, EventMetric>;

/// All metrics that this version knows.
template <class Metric>
std::vector<Metric> known_metrics() {
    std::vector<Metric> metrics;
    for (std::size_t i = 1; i < std::size(Metric::names); ++i) {
        metrics.emplace_back(static_cast<typename Metric::Value>(i));
    }
    return metrics;
}

/// The columns that are fields.
template <class Metric>
std::vector<Field> fields_of(const csv::Table& table) {
    std::vector<Field> fields;
    for (const std::string& name : table.columns) {
        if (!is_time(name) && !Metric(name).is_known()) fields.emplace_back(std::string_view(name));
    }
    return fields;
}

/// Sets what a cell holds of a row; texts go into the last row of the table of texts.
template <class Metric, class Row>
bool set_cell(Row& row, GroupedText& texts, const std::string& column, const Cell& cell) {
    if (is_time(column)) return csv::read_cell(cell, row.time);
    bool is_read = true;
    const bool is_metric =
        visit_metric(row, Metric(column), [&](auto& member) { is_read = csv::read_cell(cell, member); });
    if (!is_metric && cell) texts.set(*texts.column_of(Field(std::string_view(column))), *cell);
    return is_read;
}

template <class Metric, class Row>
Cell metric_cell(const Row& row, const Metric& metric) {
    Cell cell;
    if (visit_metric(row, metric, [&](const auto& member) { cell = csv::cell_of(member); })) return cell;
    const auto text = row.fields.find(Field(metric.text())); // as it came
    return text ? Cell(*text) : csv::cell_of(row.get(metric));
}

template <class Metric>
std::string header_of(const ReportQuery<Metric>& columns) {
    std::vector<Cell> cells;
    if (columns.date_grouping) cells.emplace_back(time_column);
    for (const Field& field : columns.field_grouping.fields()) cells.emplace_back(field.text());
    for (const Metric& metric : columns.aggregates) cells.emplace_back(metric.text());
    return csv::to_line(cells);
}

template <class Metric>
std::string line_of(const ReportQuery<Metric>& columns, const typename Report<Metric>::Row& row) {
    std::vector<Cell> cells;
    if (columns.date_grouping) cells.push_back(csv::cell_of(row.time));
    for (const Field& field : columns.field_grouping.fields()) {
        const auto text = row.fields.find(field);
        cells.push_back(text ? Cell(*text) : Cell());
    }
    for (const Metric& metric : columns.aggregates) cells.push_back(metric_cell(row, metric));
    return csv::to_line(cells);
}

} // namespace

template <class Row>
Result<Row> row_from_json(std::string_view json, DriftLog& drift) {
    using Metric = MetricOf<Row>;
    return json::decode_row(json, ReportQuery<Metric>{.aggregates = known_metrics<Metric>()}, drift);
}

template <class Row>
Result<std::vector<Row>> rows_from_csv(std::string_view text) {
    using Metric = MetricOf<Row>;
    const Result<csv::Table> table = csv::parse_table(text);
    if (!table) return table.error();
    const auto texts = std::make_shared<GroupedText>(fields_of<Metric>(*table));
    std::vector<Row> rows;
    for (const csv::Line& line : table->lines) {
        Row row;
        row.fields = GroupedText::fields_of(texts, texts->add_row());
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            if (!set_cell<Metric>(row, *texts, table->columns[i], line.cells[i])) {
                return csv::wrong_cell(line, table->columns[i], line.cells[i]);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string csv_header(const PageviewQuery& columns) { return header_of(columns); }
std::string csv_header(const EventQuery& columns) { return header_of(columns); }
std::string csv_line(const PageviewQuery& columns, const PageviewRow& row) { return line_of(columns, row); }
std::string csv_line(const EventQuery& columns, const EventRow& row) { return line_of(columns, row); }

template Result<PageviewRow> row_from_json(std::string_view, DriftLog&);
template Result<EventRow> row_from_json(std::string_view, DriftLog&);
template Result<std::vector<PageviewRow>> rows_from_csv(std::string_view);
template Result<std::vector<EventRow>> rows_from_csv(std::string_view);

} // namespace fathom::detail

namespace fathom::inline v0_2 {

void write_csv(std::ostream& out, const PageviewReport& report, CsvHeader header) {
    write_csv(out, report.query(), report.rows(), header);
}
void write_csv(std::ostream& out, const EventReport& report, CsvHeader header) {
    write_csv(out, report.query(), report.rows(), header);
}

} // namespace fathom::inline v0_2
