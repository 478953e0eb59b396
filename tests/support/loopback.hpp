/// @file
/// Addresses of this machine alone.
#pragma once

#include <netinet/in.h>

#include <cstdint>

namespace fathom {

/// @param port 0: one that is free, where a server is bound to it
inline sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

} // namespace fathom
