/// @file
/// Looks for names that mostly come in the same order.
#pragma once

#include <span>
#include <string_view>

namespace fathom::detail::json {

/// The element of that name; null where there is none.
/// @param next the element to try first; becomes the one behind what was found
template <class Named>
[[nodiscard]] const Named* find_in_turn(std::span<const Named> all, const Named*& next, std::string_view name) {
    if (all.empty()) return nullptr;
    const Named* const end = all.data() + all.size();
    const Named* at = next;
    do {
        const Named* const tried = at;
        if (++at == end) at = all.data();
        if (tried->name != name) continue;
        next = at;
        return tried;
    } while (at != next);
    return nullptr;
}

} // namespace fathom::detail::json
