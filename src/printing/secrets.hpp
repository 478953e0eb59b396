/// @file
/// What is never written where somebody might read it.
#pragma once

#include <string>
#include <string_view>

namespace fathom::detail {

/// Stands where a secret was.
inline constexpr std::string_view hidden = "***";

/// Whether what has this name is a secret: a key, a password, a header that carries one. Regardless of case.
[[nodiscard]] bool is_secret(std::string_view name);
/// The text, without the user and the password of an address in it (`http://user:password@proxy:3128`).
[[nodiscard]] std::string without_credentials(std::string_view text);

} // namespace fathom::detail
