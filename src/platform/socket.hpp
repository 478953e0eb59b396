/// @file
/// What libcurl leaves to its user to do with a socket.
#pragma once

#include <cstdint>

namespace fathom::detail {

/// A socket as this system names it: a descriptor, or a handle on Windows.
using NativeSocket = std::intptr_t;

/// Keeps what is written to a TCP socket from leaving in segments that are not full, at most for a fifth of a second, until
/// send_held_back() is called. Does nothing where the system cannot do so.
void hold_back(NativeSocket socket) noexcept;
/// Sends what was held back.
void send_held_back(NativeSocket socket) noexcept;

/// Closes a socket. @return 0 if that worked
int close_socket(NativeSocket socket) noexcept;

} // namespace fathom::detail
