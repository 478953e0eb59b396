/// @file
/// Requests of the caller's own making.
#pragma once

#include <fathom/http.hpp>

#include "operation.hpp"

namespace fathom::detail::operations {

/// Checks a raw request, and finds the limit that it counts against.
[[nodiscard]] Result<OperationRequest> raw_request(const RawRequest& request);

} // namespace fathom::detail::operations
