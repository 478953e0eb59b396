/// @file
/// A file that is never without a whole copy of what it holds, whenever its writer is killed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fathom::detail {

/// The file has two places for its content, which are written in turn: what was written before stays as it was. Each copy
/// says how often the file was written, how long it is, and its checksum. The first place is the start of the file, the
/// second begins far enough behind it, at 4096 bytes or that times a power of two.
struct TwoCopies {
    /// One whole copy.
    struct Copy {
        std::size_t offset = 0;
        std::uint64_t number = 0; ///< The first that was written is 1.
        std::size_t size = 0;     ///< Its head included.
        std::string_view content; ///< Points into the file's text.
    };

    std::optional<Copy> newest{};
    std::optional<std::size_t> offset_before{}; ///< Where the one before begins.
    bool is_foreign = false;                    ///< The file is something else, whose content is nobody's to overwrite.
    bool has_lost = false;                      ///< A copy is damaged that may have been the newest.
};

/// Finds the newest copy in what a file holds. An empty file is new, and one of zeros is what a crash of the machine leaves.
[[nodiscard]] TwoCopies find_copies(std::string_view file);

/// Where the next copy may begin behind one place where a copy may begin; the first place is 0.
[[nodiscard]] std::size_t next_place(std::size_t place) noexcept;

/// So much of each such place tells whether anything was written there.
inline constexpr std::size_t copy_head_size = 64;

/// What to write so that the newest copy stays whole.
struct NextCopy {
    std::string text;
    std::size_t offset = 0;
    std::optional<std::size_t>
        outdated{}; ///< Where outdated_copy must be written first: the file has outgrown that place.
};

/// Takes the place of a copy's head, which is then none.
inline constexpr std::string_view outdated_copy = "fathom-rate-limiter-2 outdated ";

[[nodiscard]] NextCopy next_copy(const TwoCopies& copies, std::string_view content);

/// What find_copies() finds when that has been written, but for the content.
[[nodiscard]] TwoCopies copies_with(const TwoCopies& copies, const NextCopy& next);

} // namespace fathom::detail
