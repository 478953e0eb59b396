/// @file
/// Headers that hold lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fathom/http.hpp>

namespace fathom::detail {

/// All headers of a name as one list, which is what several of them mean (RFC 9110, 5.3); empty where there is none.
[[nodiscard]] std::string list_of(const HttpHeaders& headers, std::string_view name);

/// The items of a list, which live as long as it does.
[[nodiscard]] std::vector<std::string_view> items_of(std::string_view list);

} // namespace fathom::detail
