/// @file
/// Text out of a web page.
#pragma once

#include <string>
#include <string_view>

namespace fathom::detail {

/// The text with each character reference (`&amp;`, `&#39;`, `&#x2014;`) in place of which a character can stand; those that
/// nobody knows stay as they are.
[[nodiscard]] std::string without_references(std::string_view html);

} // namespace fathom::detail
