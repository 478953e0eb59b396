/// @file
/// How many rows the service gives.
#pragma once

namespace fathom::detail {

/// The largest limit that a report may ask for.
inline constexpr int largest_report = 1000;
/// Where a grouped report asks for none.
inline constexpr int default_report_limit = 500;

} // namespace fathom::detail
