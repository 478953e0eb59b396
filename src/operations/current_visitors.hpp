/// @file
/// The operation on current visitors.
#pragma once

#include <fathom/current_visitors.hpp>

#include "operation.hpp"

namespace fathom::detail::operations {

/// How much is asked of the current visitors.
enum class VisitorDetail : bool { plain, detailed };

[[nodiscard]] Result<Operation<CurrentVisitors>> get_current_visitors(const SiteId& site, VisitorDetail detail);

} // namespace fathom::detail::operations
