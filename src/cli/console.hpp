/// @file
/// What a command sees of the world: its streams, the terminal behind them, the environment.
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

namespace fathom::cli {

struct Console {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    std::size_t width = 0;   ///< Columns of the terminal that `out` is; 0: it is none.
    bool has_colour = false; ///< Whether `out` may be coloured.
    bool can_ask = false;    ///< Whether a person may answer on `in`.
    /// Writes the prompt to `err`, and reads a line from `in` that does not show on the terminal.
    std::function<std::string(const std::string& prompt)> read_hidden{};
    /// A variable of the environment; nothing where it is empty or not set.
    std::function<std::optional<std::string>(const char* name)> variable{};

    [[nodiscard]] bool is_terminal() const noexcept { return width > 0; }
};

} // namespace fathom::cli
