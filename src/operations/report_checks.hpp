/// @file
/// What is checked of a report's query.
#pragma once

#include <fathom/report_query.hpp>

#include "checks.hpp"

namespace fathom::detail {

/// Checks all members of a query, and that they fit together.
template <class Metric>
void check(Checks& checks, const ReportQuery<Metric>& query);

extern template void check(Checks& checks, const PageviewQuery& query);
extern template void check(Checks& checks, const EventQuery& query);

} // namespace fathom::detail
