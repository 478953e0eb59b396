/// @file
/// Hosts that are reached without a proxy.
#pragma once

#include <string_view>

namespace fathom::detail::curl {

/// Whether the variable no_proxy excepts a host: it is in the list, below a domain that is, or the list is "*".
[[nodiscard]] bool is_excepted(std::string_view host, std::string_view no_proxy);

} // namespace fathom::detail::curl
