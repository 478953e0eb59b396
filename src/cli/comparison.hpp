/// @file
/// A report beside the same number of days before it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <fathom/report_query.hpp>

#include "listing.hpp"

namespace fathom::cli {

/// As many days, of which the last is the one before the first of these.
/// @throw UsageError where the range is not one of days
[[nodiscard]] ReportRange days_before(const std::optional<ReportRange>& range);

/// Adds to each record, for each metric, what the record of the same fields was before, as `visits_before`, and the change
/// in per cent, as `visits_change`; also to the columns.
void compare(Listing& listing, const std::vector<Record>& before, const std::vector<std::string>& fields,
             const std::vector<std::string>& metrics);

} // namespace fathom::cli
