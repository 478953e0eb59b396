/// @file
/// The operation on reports.
#pragma once

#include <string>

#include <fathom/aggregations.hpp>

#include "operation.hpp"

namespace fathom::detail::operations {

[[nodiscard]] Result<Operation<PageviewReport>> get_pageview_report(const SiteId& site, const PageviewQuery& query);
[[nodiscard]] Result<Operation<EventReport>> get_event_report(const SiteId& site, const std::string& event_name,
                                                              const EventQuery& query);

} // namespace fathom::detail::operations
