/// @file
/// The terminal that the program runs in: how wide it is, whether it shows colours, how it reads what must not show.
#pragma once

#include "console.hpp"

namespace fathom::cli {

/// Makes using a standard stream that was closed an error: else the next socket or file would get its number, and the output.
/// For the very start of the program. Does nothing on Windows.
void keep_closed_streams_closed();

/// The standard streams. Heeds NO_COLOR, CLICOLOR_FORCE and COLUMNS.
[[nodiscard]] Console standard_console();

} // namespace fathom::cli
