/// @file
/// Identifiers that cannot be mistaken for one another.
#pragma once

#include <compare>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <utility>

#include <fathom/detail/language.hpp>

namespace fathom::inline v0_2 {

/// An opaque identifier of one kind of thing. Ids of different kinds do not convert into each other or from text
/// unasked. Any text may be held; whether it can be sent is checked by the call that sends it.
template <class Tag>
class Id {
public:
    /// An empty id; no call accepts it.
    Id() = default;
    /// The id with this text, as the service gave it.
    explicit Id(std::string text) noexcept : text_(std::move(text)) {}

    /// The id as the service spells it.
    [[nodiscard]] const std::string& str() const& noexcept { return text_; }
    /// The id's text, moved out.
    [[nodiscard]] std::string str() && noexcept { return std::move(text_); }
    /// Whether the id has no text.
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

    /// Compares the texts.
    friend bool operator==(const Id&, const Id&) = default;
    /// Orders by the texts.
    friend std::strong_ordering operator<=>(const Id&, const Id&) = default;
    /// Writes the text.
    friend std::ostream& operator<<(std::ostream& out, const Id& id) { return out << id.text_; }

private:
    std::string text_;
};

using SiteId = Id<struct SiteIdTag>;           ///< Identifies a site, for example `CDBUGS`.
using EventId = Id<struct EventIdTag>;         ///< Identifies an event of a site.
using MilestoneId = Id<struct MilestoneIdTag>; ///< Identifies a milestone of a site.

} // namespace fathom::inline v0_2

/// Hashes an id by its text.
template <class Tag>
struct std::hash<fathom::Id<Tag>> {
    /// The hash of the id's text.
    std::size_t operator()(const fathom::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
