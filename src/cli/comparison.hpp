/// @file
/// A report beside the same number of days before it.
#pragma once

#include <string>
#include <vector>

#include "listing.hpp"

namespace fathom::cli {

/// Adds to each record, for each metric, what the record of the same fields was before, as `visits_before`, and the change
/// in per cent, as `visits_change`; also to the columns.
void compare(Listing& listing, const std::vector<Record>& before, const std::vector<std::string>& fields,
             const std::vector<std::string>& metrics);

} // namespace fathom::cli
