#include "piece.hpp"

#include <cmath>
#include <optional>
#include <string_view>

#include "times.hpp"

namespace fathom::cli {

namespace {

Cell number(const std::optional<double>& value, ExportColumn::Type type) {
    if (!value) return {};
    if (type == ExportColumn::Type::real) return *value;
    return static_cast<std::int64_t>(std::llround(*value));
}

template <class Row>
Cell cell(const Row& row, const ExportColumn& column) {
    if (column.type != ExportColumn::Type::text) return number(row.get(column.name), column.type);
    const std::optional<std::string_view> text = row.fields.find(Field(column.name));
    return text ? Cell(std::string(*text)) : Cell();
}

/// The first bucket of a range that begins in the middle of a month is that month's.
std::chrono::local_seconds start_of_bucket(std::chrono::local_seconds time, DateGrouping by) {
    return by == DateGrouping::month ? month_of(std::chrono::floor<std::chrono::days>(time)) : time;
}

} // namespace

template <class Metric>
ExportPiece piece_of(const HistoryPiece<Metric>& piece, const ExportQuestion& question) {
    const std::vector<ExportColumn> columns = value_columns(question);
    ExportPiece made{.from = start_of_bucket(piece.from, question.by), .until = piece.until, .rows = {}};
    made.rows.reserve(piece.report.size());
    for (const auto& row : piece.report) {
        ExportRow& next = made.rows.emplace_back(ExportRow{.time = row.time.value_or(made.from), .cells = {}});
        next.cells.reserve(columns.size());
        for (const ExportColumn& column : columns) next.cells.push_back(cell(row, column));
    }
    return made;
}

template ExportPiece piece_of(const PageviewHistoryPiece&, const ExportQuestion&);
template ExportPiece piece_of(const EventHistoryPiece&, const ExportQuestion&);

} // namespace fathom::cli
