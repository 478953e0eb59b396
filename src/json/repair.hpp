/// @file
/// Makes JSON of what is nearly JSON.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "scalar.hpp"

namespace fathom::detail::json {

/// A body that the parser takes, and what had to be changed for that.
struct Repaired {
    std::string body;
    std::size_t replaced_characters = 0; ///< By U+FFFD: bytes that are not UTF-8, halves of surrogate pairs.
};

/// Replaces what some servers write although JSON does not allow it, or no parser can hold: bytes that are not UTF-8, halves
/// of surrogate pairs, control characters in texts, and numbers that no `double` holds (which become texts). One such value
/// must not cost the whole answer. @return nothing where there is nothing of that kind
[[nodiscard]] std::optional<Repaired> repair(std::string_view body);

/// What is noted where a text holds a character that was replaced.
inline constexpr std::string_view replaced_characters =
    "bytes that are not UTF-8, or half a surrogate pair; read as U+FFFD";

/// Whether a value of a repaired body may hold such a character.
[[nodiscard]] bool tells_of_repair(const Scalar& scalar) noexcept;

} // namespace fathom::detail::json
