/// @file
/// Percent-encoding, as URLs have it.
#pragma once

#include <string>
#include <string_view>

namespace fathom::detail {

/// Text with everything percent-encoded but letters, digits and `-._~`.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// The opposite; `%` without two hexadecimal digits behind it stands for itself.
[[nodiscard]] std::string percent_decoded(std::string_view text);

} // namespace fathom::detail
