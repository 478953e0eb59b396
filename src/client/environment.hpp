/// @file
/// What the environment says of the connection.
#pragma once

#include <string>
#include <vector>

namespace fathom::detail {

/// The proxies that the variables name which libcurl reads.
[[nodiscard]] std::vector<std::string> proxies_from_env();

} // namespace fathom::detail
