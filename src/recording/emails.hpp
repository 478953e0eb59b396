/// @file
/// Finds e-mail addresses.
#pragma once

#include <string>
#include <string_view>

namespace fathom::detail::recording {

/// The text with `***` in the place of each e-mail address, also where its `@` is written for a URL or for HTML.
[[nodiscard]] std::string without_emails(std::string_view text);

} // namespace fathom::detail::recording
