/// @file
/// What the lists of all resources have in common.
#pragma once

#include <fathom/pagination.hpp>

#include "../core/page_walk.hpp"
#include "checks.hpp"
#include "url.hpp"

namespace fathom::detail {

/// Where pages are asked for without a size: each request costs the same whatever it brings.
inline constexpr int largest_page = 100;

/// Checks how a list is to be walked.
void check(Checks& checks, const ListOptions& options);

/// Adds the query of one page.
void add_page(Target& target, const PageQuery& page);

} // namespace fathom::detail
