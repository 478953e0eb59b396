/// @file
/// By which names browsers may ask for the board. A page from elsewhere may let a name of its own lead here ("DNS rebinding"),
/// and would then be given what the board shows; the browser still says which name it asks for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// @param host what the request's header `Host` holds
/// @param names those that lead here, such as that of a proxy
/// @return whether it is one of the names, `localhost` or an address, with a port or without
bool is_own_host(std::string_view host, const std::vector<std::string>& names);
