#include "tcp.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>

#if defined(_WIN32)
#include <winsock2.h>
// after winsock2.h, which it must not replace
#include <ws2tcpip.h>
#else
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#endif

namespace fathom::detail {
namespace {

constexpr std::intptr_t none = -1;
// Connections that wait to be taken; with fewer, one of a burst would come a second late.
constexpr int backlog = 512;

#if defined(_WIN32)

using Native = SOCKET;
using Size = int;
constexpr int both_directions = SD_BOTH;
constexpr int writing = SD_SEND;
constexpr int send_flags = 0;

// For as long as the process lives: others may use sockets too.
void start_sockets() {
    static const int result = [] {
        WSADATA data;
        return ::WSAStartup(MAKEWORD(2, 2), &data);
    }();
    if (result != 0) throw std::runtime_error("Windows has no sockets for this program");
}

void close_native(Native socket) { ::closesocket(socket); }
void keep_from_children(Native socket) {
    ::SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
}
bool was_interrupted() { return ::WSAGetLastError() == WSAEINTR; }

void set_timeout(Native socket, std::chrono::milliseconds timeout) {
    const DWORD time = static_cast<DWORD>(timeout.count());
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, reinterpret_cast<const char*>(&time), sizeof time);
}

#else

using Native = int;
using Size = std::size_t;
constexpr int both_directions = SHUT_RDWR;
constexpr int writing = SHUT_WR;
#if defined(MSG_NOSIGNAL)
constexpr int send_flags = MSG_NOSIGNAL;
#else
constexpr int send_flags = 0;
#endif

void start_sockets() {}
void close_native(Native socket) { ::close(socket); }
void keep_from_children(Native socket) { ::fcntl(socket, F_SETFD, FD_CLOEXEC); }
bool was_interrupted() { return errno == EINTR; }

void set_timeout(Native socket, std::chrono::milliseconds timeout) {
    timeval time{};
    time.tv_sec = static_cast<decltype(time.tv_sec)>(timeout.count() / 1000);
    time.tv_usec = static_cast<decltype(time.tv_usec)>(timeout.count() % 1000 * 1000);
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
}

#endif

Native as_native(std::intptr_t socket) { return static_cast<Native>(socket); }

void enable(Native socket, int level, int option) {
    const int yes = 1;
    ::setsockopt(socket, level, option, reinterpret_cast<const char*>(&yes), sizeof yes);
}

void prepare_connection(Native socket) {
    keep_from_children(socket);
    enable(socket, IPPROTO_TCP, TCP_NODELAY);
#if defined(SO_NOSIGPIPE)
    enable(socket, SOL_SOCKET, SO_NOSIGPIPE);
#endif
}

// A port in use must be an error; without this option, one that was in use a moment ago would be one too.
void prepare_listener(Native socket) {
    keep_from_children(socket);
#if defined(_WIN32)
    enable(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE);
#else
    enable(socket, SOL_SOCKET, SO_REUSEADDR);
#endif
}

struct AddressList {
    void operator()(addrinfo* list) const noexcept { ::freeaddrinfo(list); }
};

std::unique_ptr<addrinfo, AddressList> addresses_of(const std::string& host, int port) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* list = nullptr;
    const int problem =
        ::getaddrinfo(host.empty() ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &list);
    return std::unique_ptr<addrinfo, AddressList>{problem == 0 ? list : nullptr};
}

std::intptr_t listen_on(const addrinfo& address) {
    const auto socket = ::socket(address.ai_family, address.ai_socktype, address.ai_protocol);
    if (static_cast<std::intptr_t>(socket) == none) return none;
    prepare_listener(socket);
    if (::bind(socket, address.ai_addr, static_cast<socklen_t>(address.ai_addrlen)) == 0 &&
        ::listen(socket, backlog) == 0)
        return static_cast<std::intptr_t>(socket);
    close_native(socket);
    return none;
}

std::intptr_t listen_on(const std::string& host, int port) {
    start_sockets();
    const auto addresses = addresses_of(host, port);
    for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
        const std::intptr_t socket = listen_on(*address);
        if (socket != none) return socket;
    }
    throw std::runtime_error("can't listen on " + host + ":" + std::to_string(port));
}

// Where a listener is reached from this machine.
sockaddr_storage own_address(Native socket, socklen_t& size) {
    sockaddr_storage address{};
    size = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return address;
}

} // namespace

TcpConnection::TcpConnection(std::intptr_t native) noexcept : native_{native} {}

TcpConnection::~TcpConnection() {
    if (native_ != none) close_native(as_native(native_));
}

TcpConnection::TcpConnection(TcpConnection&& other) noexcept : native_{std::exchange(other.native_, none)} {}

std::size_t TcpConnection::read_some(char* buffer, std::size_t size) const noexcept {
    while (true) {
        const auto count = ::recv(as_native(native_), buffer, static_cast<Size>(size), 0);
        if (count >= 0) return static_cast<std::size_t>(count);
        if (!was_interrupted()) return 0;
    }
}

bool TcpConnection::write_all(std::string_view bytes) const noexcept {
    constexpr std::size_t most = std::numeric_limits<int>::max();
    while (!bytes.empty()) {
        const auto count =
            ::send(as_native(native_), bytes.data(), static_cast<Size>(std::min(bytes.size(), most)), send_flags);
        if (count < 0 && was_interrupted()) continue;
        if (count < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void TcpConnection::set_read_timeout(std::chrono::milliseconds timeout) const noexcept {
    set_timeout(as_native(native_), timeout);
}

void TcpConnection::shut_down_writing() const noexcept { ::shutdown(as_native(native_), writing); }

void TcpConnection::shut_down() const noexcept { ::shutdown(as_native(native_), both_directions); }

TcpListener::TcpListener(const std::string& host, int port) : native_{listen_on(host, port)} {}

TcpListener::~TcpListener() { close_native(as_native(native_)); }

int TcpListener::port() const noexcept {
    socklen_t size = 0;
    const sockaddr_storage address = own_address(as_native(native_), size);
    // The port stands at the same place in both families.
    sockaddr_in common{};
    std::memcpy(&common, &address, sizeof common);
    return ntohs(common.sin_port);
}

std::optional<TcpConnection> TcpListener::accept() const noexcept {
    const auto socket = ::accept(as_native(native_), nullptr, nullptr);
    if (static_cast<std::intptr_t>(socket) == none) return std::nullopt;
    prepare_connection(socket);
    return TcpConnection{static_cast<std::intptr_t>(socket)};
}

void TcpListener::wake() const noexcept {
    socklen_t size = 0;
    sockaddr_storage address = own_address(as_native(native_), size);
    if (address.ss_family == AF_INET) {
        sockaddr_in ipv4{};
        std::memcpy(&ipv4, &address, sizeof ipv4);
        if (ipv4.sin_addr.s_addr == htonl(INADDR_ANY)) ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        std::memcpy(&address, &ipv4, sizeof ipv4);
    } else {
        sockaddr_in6 ipv6{};
        std::memcpy(&ipv6, &address, sizeof ipv6);
        if (std::memcmp(&ipv6.sin6_addr, &in6addr_any, sizeof in6addr_any) == 0) ipv6.sin6_addr = in6addr_loopback;
        std::memcpy(&address, &ipv6, sizeof ipv6);
    }
    const auto socket = ::socket(address.ss_family, SOCK_STREAM, 0);
    if (static_cast<std::intptr_t>(socket) == none) return;
    // Where it fails, nobody is waiting any more.
    [[maybe_unused]] const int result = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), size);
    close_native(socket);
}

} // namespace fathom::detail
