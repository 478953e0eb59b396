/// @file
/// The whole program, for main() and for tests.
#pragma once

#include <string>
#include <vector>

#include "console.hpp"
#include "exit_code.hpp"

namespace fathom::cli {

/// Runs a command line, without the program's name.
[[nodiscard]] ExitCode run(std::vector<std::string> arguments, Console& console);

} // namespace fathom::cli
