/// @file
/// The paths that the limit of ten a minute is for.
#pragma once

#include <string_view>

namespace fathom::detail::operations {

inline constexpr std::string_view aggregations_path = "/aggregations";
inline constexpr std::string_view current_visitors_path = "/current_visitors";

} // namespace fathom::detail::operations
