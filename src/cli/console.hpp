/// @file
/// What a command sees of the world: its streams, the terminal behind them, the environment.
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "keyring.hpp"

namespace fathom::cli {

struct Console {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    std::size_t width = 0;       ///< Columns of the terminal that `out` is; 0: it is none.
    std::size_t height = 0;      ///< Its lines.
    std::size_t error_width = 0; ///< Columns of the terminal that `err` is; 0: it is none.
    bool has_colour = false;     ///< Whether `out` may be coloured.
    bool can_ask = false;        ///< Whether a person may answer on `in`.
    /// Writes the prompt to `err`, and reads a line from `in` that does not show on the terminal.
    std::function<std::string(const std::string& prompt)> read_hidden{};
    /// Lets a person read a text that is longer than the terminal; false where nothing shows it.
    std::function<bool(const std::string& text)> page{};
    /// Goes on as another program, which is found in PATH; comes back only where it cannot be started.
    std::function<void(const std::string& name, const std::vector<std::string>& arguments)> become{};
    /// Null where there is none.
    std::shared_ptr<Keyring> keyring{};
    /// A variable of the environment; nothing where it is empty or not set.
    std::function<std::optional<std::string>(const char* name)> variable{};

    [[nodiscard]] bool is_terminal() const noexcept { return width > 0; }
    /// Where colours are wanted that are no terminal's, somebody is to look at it all the same.
    [[nodiscard]] bool draws_tables() const noexcept { return is_terminal() || has_colour; }
};

} // namespace fathom::cli
