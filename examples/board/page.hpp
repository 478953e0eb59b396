/// @file
/// The files of the folder page, which the program holds.
#pragma once

#include <string_view>

namespace page {

extern const std::string_view html;
extern const std::string_view css;
extern const std::string_view script;

} // namespace page
