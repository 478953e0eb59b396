/// @file
/// Panels for programs and for browsers.
#pragma once

#include <string>
#include <vector>

#include "../listing.hpp"
#include "../panels.hpp"

namespace fathom::cli {

/// One object, which docs/command-line.md describes.
[[nodiscard]] Record record_of_panels(const Panels& panels);
/// The names in it.
[[nodiscard]] std::vector<std::string> panel_fields();
/// One page, which needs nothing from elsewhere.
[[nodiscard]] std::string page_of(const Panels& panels);

} // namespace fathom::cli
