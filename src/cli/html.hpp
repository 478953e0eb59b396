/// @file
/// Pages that stand for themselves: no script, no style and no picture from elsewhere.
#pragma once

#include <string>
#include <string_view>

namespace fathom::cli {

/// Text for an element or an attribute.
[[nodiscard]] std::string html_text(std::string_view text);

/// What a column of a table is headed with.
/// @param heading plain text
[[nodiscard]] std::string html_heading(std::string_view heading, bool is_number);
/// A bar of a chart.
/// @param share from 0 to 1
/// @param more style, as CSS behind a semicolon
[[nodiscard]] std::string html_bar(double share, std::string_view more = {});

/// A whole page, for light and dark, small screens and paper.
/// @param title plain text; its heading, too
/// @param content of the part that matters, as HTML
[[nodiscard]] std::string html_page(std::string_view title, std::string_view content);

} // namespace fathom::cli
