/// @file
/// What is checked of the options of connections before a client is made.
#pragma once

#include <optional>
#include <string>

#include <fathom/error.hpp>
#include <fathom/transport.hpp>

namespace fathom::detail::curl {

/// The first option, or variable of the environment, with which no connection could be made; nothing where there is none. No
/// message holds a proxy's password.
[[nodiscard]] std::optional<Error> check(const ConnectionOptions& options, const std::string& base_url);

} // namespace fathom::detail::curl
