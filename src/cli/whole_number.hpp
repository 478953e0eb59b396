/// @file
/// The numbers that options take.
#pragma once

#include <CLI/CLI.hpp>

namespace fathom::cli {

/// A check of an option that takes a number between two, which are allowed, too. It is decimal: left to itself, the parser
/// takes 010 for eight and 0x10 for sixteen.
[[nodiscard]] CLI::Validator whole_number(int least, int most);

} // namespace fathom::cli
