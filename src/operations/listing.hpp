/// @file
/// What the lists of all resources have in common.
#pragma once

#include <fathom/pagination.hpp>

#include "../lists/page_walk.hpp"
#include "checks.hpp"
#include "url.hpp"

namespace fathom::detail {

/// Checks how a list is to be walked.
void check(Checks& checks, const ListOptions& options);

/// Adds the query of one page.
void add_page(Target& target, const PageQuery& page);

} // namespace fathom::detail
