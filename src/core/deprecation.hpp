/// @file
/// How a service says that an operation is to go.
#pragma once

#include <fathom/http.hpp>

#include "drift.hpp"

namespace fathom::detail {

/// The headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), as they came.
[[nodiscard]] DriftLog deprecation_in(const HttpHeaders& headers);

} // namespace fathom::detail
