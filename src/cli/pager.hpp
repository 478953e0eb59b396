/// @file
/// Shows what is longer than the terminal.
#pragma once

#include <string>

namespace fathom::cli {

/// Gives the text to the program that PAGER names, and waits for its end.
/// @return whether there is one, and it was started
[[nodiscard]] bool show_in_pager(const std::string& text);

} // namespace fathom::cli
