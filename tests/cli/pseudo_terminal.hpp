/// @file
/// A program in a terminal of its own.
#pragma once

#include <string>
#include <vector>

namespace fathom::cli {

/// What a program wrote to its terminal, and how it ended.
struct TerminalRun {
    std::string shown{}; ///< Of both streams, with what the terminal echoed; lines end with "\r\n".
    int exit_code = -1;
};

/// Runs it in a terminal of so many columns; `typed` is typed when `prompt` has appeared.
/// @param environment NAME=VALUE, all there is
[[nodiscard]] TerminalRun run_in_terminal(const std::vector<std::string>& command,
                                          const std::vector<std::string>& environment, unsigned short columns,
                                          const std::string& prompt = {}, const std::string& typed = {});

} // namespace fathom::cli
