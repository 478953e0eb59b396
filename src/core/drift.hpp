/// @file
/// What an answer holds that the API does not promise.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace fathom::detail {

/// A place of an answer that is not as promised: passed over, or required and so the end of the reading.
struct Drift {
    std::string path;  ///< JSON path, or a header's name; empty for the answer as a whole.
    std::string found; ///< What stood there, for people: shortened, one line.

    friend bool operator==(const Drift&, const Drift&) = default;
};

/// Collects drift while an answer is read. Keeps the first few: in an answer of a thousand rows, a thousand may be wrong.
class DriftLog {
public:
    static constexpr std::size_t most = 16;

    /// Whether another one would be kept, so that a path need not be put together for nothing.
    [[nodiscard]] bool has_room() const noexcept { return kept_.size() < most; }
    void add(std::string path, std::string found) {
        if (has_room()) kept_.push_back({std::move(path), std::move(found)});
    }
    /// Adds what ended the reading, and so is kept in any case.
    void add_last(std::string path, std::string found) {
        if (!has_room()) kept_.pop_back();
        add(std::move(path), std::move(found));
    }
    [[nodiscard]] const std::vector<Drift>& kept() const noexcept { return kept_; }

private:
    std::vector<Drift> kept_{};
};

} // namespace fathom::detail
