/// @file
/// What a key may do.
#pragma once

#include <string>

#include "routes.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

/// Refuses what the key's abilities don't allow: a site out of its reach as if it didn't exist (404), anything else
/// with 403.
void check_permission(const Service& service, const Route& route, const Call& call);

} // namespace fathom::testing::detail
