/// @file
/// The address of the service.
#pragma once

#include <string>
#include <string_view>

#include <fathom/result.hpp>

namespace fathom::detail::curl {

/// Checks an address and gives it without trailing slashes. The key travels over https only, or over http to this
/// machine.
[[nodiscard]] Result<std::string> checked_base_url(const std::string& base_url);

} // namespace fathom::detail::curl
