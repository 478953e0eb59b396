/// @file
/// The options of a client that is set up by its environment.
#pragma once

#include <fathom/client.hpp>

namespace fathom::detail {

/// The key from `FATHOM_API_KEY` and, if set, the address from `FATHOM_BASE_URL`.
/// @throws Exception of kind invalid_argument where there is no key
[[nodiscard]] ClientOptions options_from_env();

} // namespace fathom::detail
