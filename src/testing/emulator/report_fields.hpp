/// @file
/// The dimensions of reports, and filters on them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report_query.hpp"

namespace fathom::testing::detail {

/// The SQL of a dimension by which reports group.
[[nodiscard]] std::optional<std::string> groupable_column(const std::string& field);

/// Reads the `filters` parameter.
[[nodiscard]] std::vector<SqlCondition> read_filters(const Service& service, const std::string& json);

} // namespace fathom::testing::detail
