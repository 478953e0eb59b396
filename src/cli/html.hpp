/// @file
/// Pages that stand for themselves: no script, no style and no picture from elsewhere.
#pragma once

#include <string>
#include <string_view>

namespace fathom::cli {

/// Text for an element or an attribute.
[[nodiscard]] std::string html_text(std::string_view text);

/// A whole page, for light and dark, small screens and paper.
/// @param title plain text; its heading, too
/// @param content of the part that matters, as HTML
[[nodiscard]] std::string html_page(std::string_view title, std::string_view content);

} // namespace fathom::cli
