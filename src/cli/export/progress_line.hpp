/// @file
/// How far an export is, for people: a bar that moves on a terminal, else a line now and then.
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>

#include <fathom/history.hpp>

namespace fathom::cli {

/// `1 h 20 min`
[[nodiscard]] std::string words_for(std::chrono::seconds time);

/// ` 43 %, 120 requests made, 160 to come, 16 min left`, behind a bar where the width leaves room for one.
/// @param width of the terminal; 0 for none, and no bar
[[nodiscard]] std::string progress_text(const HistoryProgress& progress, std::size_t width);

class ProgressLine {
public:
    using Clock = std::chrono::steady_clock;

    /// @param width of the terminal that `out` is; 0: it is none
    ProgressLine(std::ostream& out, std::size_t width) : out_(out), width_(width) {}

    /// Shows it, where something has changed and it is time for that.
    void show(const HistoryProgress& progress, Clock::time_point now);
    /// Leaves the terminal for what comes next.
    void clear();

private:
    std::ostream& out_;
    std::size_t width_;
    std::optional<Clock::time_point> shown_at_{};
    std::string shown_{};
};

} // namespace fathom::cli
