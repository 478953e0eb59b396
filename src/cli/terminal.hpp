/// @file
/// The terminal that the program runs in: how wide it is, whether it shows colours, how it reads what must not show.
#pragma once

#include "console.hpp"

namespace fathom::cli {

/// The standard streams. Heeds NO_COLOR, CLICOLOR_FORCE and COLUMNS.
[[nodiscard]] Console standard_console();

} // namespace fathom::cli
