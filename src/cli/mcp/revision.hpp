/// @file
/// The revisions of the Model Context Protocol, and in what they differ.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fathom::cli::mcp {

/// Oldest first, so that they compare by age.
enum class Revision : std::uint8_t { of_2024_11, of_2025_03, of_2025_06, of_2025_11, of_2026_07 };

inline constexpr std::array<Revision, 5> all_revisions{Revision::of_2026_07, Revision::of_2025_11, Revision::of_2025_06,
                                                       Revision::of_2025_03, Revision::of_2024_11};
inline constexpr Revision newest_with_handshake = Revision::of_2025_11;

/// As the protocol spells it, `2025-11-25`.
[[nodiscard]] constexpr std::string_view to_string(Revision revision) noexcept {
    constexpr std::array<std::string_view, 5> names{"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25",
                                                    "2026-07-28"};
    return names[static_cast<std::size_t>(revision)];
}

[[nodiscard]] constexpr std::optional<Revision> revision_named(std::string_view name) noexcept {
    for (const Revision revision : all_revisions) {
        if (to_string(revision) == name) return revision;
    }
    return std::nullopt;
}

/// Whether there is no handshake: each request names its revision.
[[nodiscard]] constexpr bool is_stateless(Revision revision) noexcept { return revision > newest_with_handshake; }

/// What `initialize` comes to: what the client wants, or the newest that has a handshake.
[[nodiscard]] constexpr Revision negotiated(std::string_view wanted) noexcept {
    const auto known = revision_named(wanted);
    return known && !is_stateless(*known) ? *known : newest_with_handshake;
}

/// Whether several messages may come as one array; it came with one revision and went with the next.
[[nodiscard]] constexpr bool has_batches(Revision revision) noexcept { return revision == Revision::of_2025_03; }
/// Whether a tool says what it may do.
[[nodiscard]] constexpr bool has_annotations(Revision revision) noexcept { return revision >= Revision::of_2025_03; }
/// Whether a result is also given as JSON that follows a schema, and things have titles.
[[nodiscard]] constexpr bool has_structure(Revision revision) noexcept { return revision >= Revision::of_2025_06; }

} // namespace fathom::cli::mcp
