/// @file
/// How the program ends: its exit codes, and what it says of an error.
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fathom/error.hpp>

namespace fathom::cli {

enum class ExitCode : int {
    done = 0,
    failed = 1,        ///< Anything that has no code of its own.
    usage = 2,         ///< The command line is wrong; nothing was requested.
    refused = 3,       ///< The key is missing or wrong, or may not do this.
    not_found = 4,     ///< No such site, event or milestone, or a retired operation.
    limited = 5,       ///< The limit left no room in time.
    no_network = 6,    ///< The service cannot be reached, or fails.
    partial = 7,       ///< What was printed is not all.
    interrupted = 130, ///< Ctrl-C, where the command can be run again to go on.
};

inline constexpr std::array all_exit_codes{ExitCode::done,       ExitCode::failed,    ExitCode::usage,
                                           ExitCode::refused,    ExitCode::not_found, ExitCode::limited,
                                           ExitCode::no_network, ExitCode::partial,   ExitCode::interrupted};

/// For the manual; docs/command-line.md says the same.
[[nodiscard]] std::string_view meaning_of(ExitCode code) noexcept;

/// A command line that cannot be run.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Ends a command that has said all that is to be said.
class EndedWith : public std::runtime_error {
public:
    explicit EndedWith(ExitCode code) : std::runtime_error("ended"), code_(code) {}
    [[nodiscard]] ExitCode code() const noexcept { return code_; }

private:
    ExitCode code_;
};

[[nodiscard]] ExitCode exit_code_of(const Error& error) noexcept;

/// One sentence, and the remedy where there is one, each on a line of its own.
[[nodiscard]] std::string explanation_of(const Error& error);

} // namespace fathom::cli
