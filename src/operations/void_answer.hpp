/// @file
/// Answers that say no more than that it was done.
#pragma once

#include <string_view>

#include <fathom/result.hpp>

namespace fathom::detail {

/// Takes an empty body or any JSON object or array; a page of HTML is no success.
[[nodiscard]] Result<void> decode_nothing(std::string_view body);

} // namespace fathom::detail
