#include "fake_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "support/loopback.hpp"

namespace fathom {

namespace {

/// First the end of the stream, then a reset: a write after both raises SIGPIPE.
void hang_up(int connection) {
    ::shutdown(connection, SHUT_WR);
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

} // namespace

FakeServer::FakeServer(Manners manners) : manners_(std::move(manners)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { listen(); });
}

FakeServer::~FakeServer() {
    ::shutdown(listener_, SHUT_RDWR); // ends accept()
    thread_.join();
    ::close(listener_);
}

void FakeServer::listen() {
    while (true) {
        const int connection = ::accept(listener_, nullptr, nullptr);
        if (connection < 0) return;
        serve(connection);
        ::close(connection);
    }
}

void FakeServer::serve(int connection) const {
    std::array<char, 4096> request{};
    std::size_t next = 0;
    while (::read(connection, request.data(), request.size()) > 0) {
        if (manners_.answers.empty()) continue;
        std::this_thread::sleep_for(manners_.latency);
        const std::string& answer = manners_.answers[std::min(next, manners_.answers.size() - 1)];
        if (::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return;
        if (++next == manners_.answers.size() && manners_.hangs_up) return hang_up(connection);
    }
}

} // namespace fathom
