/// @file
/// A report beside the same number of days before it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "listing.hpp"

namespace fathom::cli {

/// What there was before of a record that the earlier report does not have.
enum class WithoutEarlierRow : std::uint8_t {
    nothing,
    unknown, ///< The report was cut, so it may be among what is missing there.
};

/// Adds to each record, for each metric, what the record of the same fields was before, as `visits_before`, and the change
/// in per cent, as `visits_change`; neither where one of the two is unknown. Counts were 0 where there was no such record.
void compare(Listing& listing, const std::vector<Record>& before, const std::vector<std::string>& fields,
             const std::vector<std::string>& metrics, WithoutEarlierRow otherwise);
/// The columns of that.
void add_compared_columns(Listing& listing, const std::vector<std::string>& metrics);

} // namespace fathom::cli
