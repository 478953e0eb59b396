/// @file
/// The word that a call needs to destroy analytics data.
#pragma once

#include <fathom/detail/language.hpp>

namespace fathom::inline v0_2 {

/// Type of ::fathom::irreversible.
struct Irreversible {
    explicit Irreversible() = default;
};

/// Passed to each call that destroys analytics data permanently (deleting or wiping a site or an event), so that no slip
/// of the hand or of a code completion can call one: `client.sites().wipe_data(id, fathom::irreversible)`.
inline constexpr Irreversible irreversible{};

} // namespace fathom::inline v0_2
