/// @file
/// The whole terminal, as long as it is drawn on.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "lines.hpp"

namespace fathom::cli {

/// What a person did, or did not do in that time.
enum class Key : std::uint8_t {
    none,
    quit,    ///< q, Q or Escape.
    resized, ///< The terminal has another size.
};

/// Takes the terminal from its construction to its destruction, however that comes, and leaves it as it was.
class Screen {
public:
    enum class Colours : std::uint8_t { no, yes };

    /// @throw UsageError where TERM names no terminal that can be drawn on, or this program cannot draw
    explicit Screen(Colours colours);
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;
    ~Screen();

    [[nodiscard]] ScreenSize size() const;
    /// What the terminal can show.
    [[nodiscard]] Glyphs glyphs() const noexcept { return glyphs_; }
    /// Draws them in place of what was there.
    void show(const std::vector<Line>& lines);
    /// Waits for a key, at most so long; a signal ends it earlier.
    [[nodiscard]] Key wait(std::chrono::milliseconds at_most);

private:
    class Terminal;

    Glyphs glyphs_ = Glyphs::ascii;
    std::unique_ptr<Terminal> terminal_;
};

} // namespace fathom::cli
