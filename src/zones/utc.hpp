/// @file
/// The zone that needs no rules.
#pragma once

#include <string_view>

namespace fathom::detail {

/// Whether a zone's wall clock is UTC's, at any time.
[[nodiscard]] bool is_utc(std::string_view zone) noexcept;

} // namespace fathom::detail
