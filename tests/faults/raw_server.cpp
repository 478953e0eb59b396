#include "raw_server.hpp"

#include <csignal>
#include <stdexcept>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/loopback.hpp"

namespace fathom::faults {

RawServer::Session::Session(int socket, const Serve& serve, int number)
    : connection(socket), worker([this, &serve, number] {
          serve(connection, number);
          connection.close();
          has_ended = true;
      }) {}

RawServer::RawServer(Serve serve)
    : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    constexpr int most_waiting = 128;
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, most_waiting) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
        throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
}

RawServer::~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
        const std::lock_guard hold(lock_);
        for (Session& session : sessions_) session.connection.interrupt();
    }
    sessions_.clear();
    ::close(listener_);
}

void RawServer::accept_all() {
    // OpenSSL writes in the way that raises the signal; the client's threads are to be spared it by the library.
    sigset_t broken_pipe{};
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr); // of the workers too, which inherit it
    while (true) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        const int at_once = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        const std::lock_guard hold(lock_);
        sessions_.remove_if([](const Session& session) { return session.has_ended.load(); });
        sessions_.emplace_back(socket, serve_, ++count_);
    }
}

} // namespace fathom::faults
