/// @file
/// What libcurl leaves to its user to do with a socket.
#pragma once

#include <chrono>
#include <cstdint>

namespace fathom::detail {

/// A socket as this system names it: a descriptor, or a handle on Windows.
using NativeSocket = std::intptr_t;
/// Names none.
inline constexpr NativeSocket no_socket = -1;

/// Makes a socket that no program inherits which this process starts. @return no_socket where that fails
[[nodiscard]] NativeSocket open_socket(int family, int type, int protocol) noexcept;

/// Ends a TCP connection when what was sent stays unacknowledged for so long. Does nothing where the system cannot do so.
void give_up_after_silence(NativeSocket socket, std::chrono::milliseconds longest) noexcept;

/// Keeps what is written to a TCP socket from leaving in segments that are not full, at most for a fifth of a second, until
/// send_held_back() is called. Does nothing where the system cannot do so.
void hold_back(NativeSocket socket) noexcept;
/// Sends what was held back.
void send_held_back(NativeSocket socket) noexcept;

/// The port at this end of a TCP connection; 0 where there is none.
[[nodiscard]] int local_port(NativeSocket socket) noexcept;
/// Whether something has come that nobody has read, on a socket that waits for nothing.
[[nodiscard]] bool has_unread(NativeSocket socket) noexcept;

/// Closes a socket. @return 0 if that worked
int close_socket(NativeSocket socket) noexcept;

} // namespace fathom::detail
