/// @file
/// Rows of reports from JSON and CSV: what is neither a date nor a metric is a field.
#pragma once

#include <string_view>
#include <vector>

#include <fathom/report.hpp>
#include <fathom/result.hpp>

#include "../core/drift.hpp"

namespace fathom::detail {

/// A PageviewRow or an EventRow.
template <class Row>
[[nodiscard]] Result<Row> row_from_json(std::string_view json, DriftLog& drift);
/// All rows of a table.
template <class Row>
[[nodiscard]] Result<std::vector<Row>> rows_from_csv(std::string_view text);

} // namespace fathom::detail
