#include "counting_relay.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/loopback.hpp"

namespace fathom {

namespace {

/// The calls of the system want any kind of address.
sockaddr* any(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }

/// Passes on what has come. @return false at the end of the connection
bool pass_on(int from, int to) {
    std::array<char, std::size_t{64} * 1024> buffer{};
    const ssize_t got = ::recv(from, buffer.data(), buffer.size(), 0);
    return got > 0 && ::send(to, buffer.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

} // namespace

CountingRelay::CountingRelay(int port) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener_, any(address), size) != 0 || ::listen(listener_, 1) != 0 ||
        ::getsockname(listener_, any(address), &size) != 0) {
        throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this, port] { serve(port); });
}

CountingRelay::~CountingRelay() {
    ::shutdown(listener_, SHUT_RDWR); // ends the wait for a client, if there was none
    thread_.join();
    ::close(listener_);
}

void CountingRelay::serve(int server_port) {
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(server_port);
    bool is_open = ::connect(server, any(address), sizeof address) == 0;
    const int at_once = 1;
    for (const int socket : {client, server}) ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    while (is_open) {
        std::array<pollfd, 2> sockets{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        if (::poll(sockets.data(), sockets.size(), -1) < 0) break;
        if (sockets[0].revents != 0) {
            ++pieces_from_client_;
            is_open = pass_on(client, server);
        }
        if (is_open && sockets[1].revents != 0) is_open = pass_on(server, client);
    }
    ::close(client);
    ::close(server);
}

} // namespace fathom
