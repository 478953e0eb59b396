// Sockets of both kinds of system.
#include "socket.hpp"

#include <algorithm>
#include <limits>

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace fathom::detail {

namespace {

#if defined(_WIN32)
using SystemSocket = SOCKET;
#else
using SystemSocket = int;
#endif

SystemSocket system_socket(NativeSocket socket) noexcept { return static_cast<SystemSocket>(socket); }

} // namespace

int local_port(NativeSocket socket) noexcept {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(system_socket(socket), reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
    return address.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port) : 0;
}

bool has_unread(NativeSocket socket) noexcept {
    char next = '\0';
    return ::recv(system_socket(socket), &next, 1, MSG_PEEK) > 0;
}

#if defined(_WIN32)

NativeSocket open_socket(int family, int type, int protocol) noexcept {
    const DWORD flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
    return static_cast<NativeSocket>(::WSASocketW(family, type, protocol, nullptr, 0, flags));
}

void give_up_after_silence(NativeSocket, std::chrono::milliseconds) noexcept {}

void hold_back(NativeSocket) noexcept {}
void send_held_back(NativeSocket) noexcept {}

int close_socket(NativeSocket socket) noexcept { return ::closesocket(system_socket(socket)); }

#else

namespace {

[[maybe_unused]] void set(NativeSocket socket, int option, int value) noexcept {
    ::setsockopt(system_socket(socket), IPPROTO_TCP, option, &value, sizeof value);
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

int close_socket(NativeSocket socket) noexcept { return ::close(system_socket(socket)); }

#endif

} // namespace fathom::detail
