/// @file
/// Knows when the machine was started anew.
#pragma once

#include <string>

namespace fathom::detail {

/// A word without spaces that is another one each time the machine starts; the same word always, where the system does not
/// tell. The steady clock begins anew with it.
[[nodiscard]] std::string boot_id();

} // namespace fathom::detail
