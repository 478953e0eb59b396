/// @file
/// Rows on their way into a file, whatever they count.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <fathom/history.hpp>

#include "question.hpp"

namespace fathom::cli {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

struct ExportRow {
    std::chrono::local_seconds time; ///< Start of its bucket.
    std::vector<Cell> cells;         ///< One for each of value_columns().
};

/// All rows of a stretch of time, which begins and ends with a bucket.
struct ExportPiece {
    std::chrono::local_seconds from;
    std::chrono::local_seconds until; ///< Not part of it.
    std::vector<ExportRow> rows;
};

template <class Metric>
[[nodiscard]] ExportPiece piece_of(const HistoryPiece<Metric>& piece, const ExportQuestion& question);

extern template ExportPiece piece_of(const PageviewHistoryPiece&, const ExportQuestion&);
extern template ExportPiece piece_of(const EventHistoryPiece&, const ExportQuestion&);

} // namespace fathom::cli
