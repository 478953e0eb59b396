// Sockets of both kinds of system.
#include "socket.hpp"

#include <algorithm>
#include <limits>

#if defined(_WIN32)
#include <winsock2.h>
#else
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace fathom::detail {

#if defined(_WIN32)

NativeSocket open_socket(int family, int type, int protocol) noexcept {
    const DWORD flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
    return static_cast<NativeSocket>(::WSASocketW(family, type, protocol, nullptr, 0, flags));
}

void give_up_after_silence(NativeSocket, std::chrono::milliseconds) noexcept {}

void hold_back(NativeSocket) noexcept {}
void send_held_back(NativeSocket) noexcept {}

int close_socket(NativeSocket socket) noexcept { return ::closesocket(static_cast<SOCKET>(socket)); }

#else

namespace {

int descriptor(NativeSocket socket) noexcept { return static_cast<int>(socket); }

[[maybe_unused]] void set(NativeSocket socket, int option, int value) noexcept {
    ::setsockopt(descriptor(socket), IPPROTO_TCP, option, &value, sizeof value);
}

void set_held_back([[maybe_unused]] NativeSocket socket, [[maybe_unused]] int is_held_back) noexcept {
    // The BSDs and macOS have TCP_NOPUSH, but macOS does not send when it is taken back.
#if defined(TCP_CORK)
    set(socket, TCP_CORK, is_held_back);
#endif
}

} // namespace

NativeSocket open_socket(int family, int type, int protocol) noexcept {
#if defined(SOCK_CLOEXEC)
    return ::socket(family, type | SOCK_CLOEXEC, protocol);
#else
    const int socket = ::socket(family, type, protocol);
    if (socket >= 0) ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    return socket;
#endif
}

void give_up_after_silence([[maybe_unused]] NativeSocket socket,
                           [[maybe_unused]] std::chrono::milliseconds longest) noexcept {
    using Count = std::chrono::milliseconds::rep;
    [[maybe_unused]] constexpr Count most = std::numeric_limits<int>::max();
#if defined(TCP_USER_TIMEOUT)
    set(socket, TCP_USER_TIMEOUT, static_cast<int>(std::min(longest.count(), most)));
#elif defined(TCP_RXT_CONNDROPTIME)
    set(socket, TCP_RXT_CONNDROPTIME, static_cast<int>(std::min(longest.count() / 1000, most)));
#endif
}

void hold_back(NativeSocket socket) noexcept { set_held_back(socket, 1); }
void send_held_back(NativeSocket socket) noexcept { set_held_back(socket, 0); }

int close_socket(NativeSocket socket) noexcept { return ::close(descriptor(socket)); }

#endif

} // namespace fathom::detail
