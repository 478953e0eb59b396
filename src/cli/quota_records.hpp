/// @file
/// What the limits leave, as records.
#pragma once

#include <vector>

#include <fathom/rate_limit.hpp>

#include "listing.hpp"

namespace fathom::cli {

/// One for each group of requests.
[[nodiscard]] std::vector<Record> records_of(const Quota& quota);

} // namespace fathom::cli
