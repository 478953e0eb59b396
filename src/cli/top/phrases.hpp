/// @file
/// What is said of panels, whoever shows them.
#pragma once

#include <cstdint>
#include <string>

#include "../panels.hpp"

namespace fathom::cli {

/// What stands for the referrer of visits that have none.
inline constexpr const char* direct_visits = "(direct)";

/// `1 visit`, `2 visits`.
[[nodiscard]] std::string counted(std::int64_t count, const std::string& what);
/// The site's name and id.
[[nodiscard]] std::string title_of(const Site& site);
/// How many visits today has, and what they were by this time a week ago.
[[nodiscard]] std::string comparison_of(const Panels& panels);

} // namespace fathom::cli
