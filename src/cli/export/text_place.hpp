/// @file
/// What stands beside an export of text: how far the file holds, and what it holds.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "question.hpp"
#include "store.hpp"
#include "subject.hpp"

namespace fathom::cli {

/// A line whose row the next run fetches again.
struct RecentLine {
    ExportSubject subject;
    std::chrono::local_seconds time;
    std::string text;
};

/// The file is `settled` bytes of rows that stay, and the recent lines. These are kept here as well: should a program die
/// while it writes behind the settled bytes, all that it had before is still there.
struct TextPlace {
    ExportQuestion question{};
    std::uint64_t settled = 0; ///< Bytes.
    std::uint64_t check = 0;   ///< Sums up the last of these bytes, to tell a file that others have changed.
    std::map<ExportSubject, StoredPlace> places{};
    std::vector<RecentLine> recent{};
};

[[nodiscard]] std::string recent_text(const TextPlace& place);

[[nodiscard]] std::string to_text(const TextPlace& place);
/// @return nothing where the text is no such place
/// @throw UsageError where it is one that cannot be read
[[nodiscard]] std::optional<TextPlace> text_place(const std::string& text);

} // namespace fathom::cli
