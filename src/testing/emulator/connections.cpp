#include "connections.hpp"

#include <charconv>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fathom::testing::detail {
namespace {

// The port in an address, or -1 where it has none.
int port_of(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET) {
        sockaddr_in ipv4{};
        std::memcpy(&ipv4, &address, sizeof ipv4);
        return ntohs(ipv4.sin_port);
    }
    if (address.ss_family == AF_INET6) {
        sockaddr_in6 ipv6{};
        std::memcpy(&ipv6, &address, sizeof ipv6);
        return ntohs(ipv6.sin6_port);
    }
    return -1;
}

int own_port(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    return getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 ? port_of(address) : -1;
}

int peer_port(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    return getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 ? port_of(address) : -1;
}

std::vector<int> open_descriptors() {
    std::vector<int> descriptors;
    std::error_code problem;
    for (std::filesystem::directory_iterator entry{"/dev/fd", problem}, end; !problem && entry != end;
         entry.increment(problem)) {
        const std::string name = entry->path().filename().string();
        int descriptor = -1;
        std::from_chars(name.data(), name.data() + name.size(), descriptor);
        if (descriptor >= 0) descriptors.push_back(descriptor);
    }
    return descriptors;
}

} // namespace

void cut_connections(int local_port, int wanted_peer) {
    const auto is_meant = [&](int socket) {
        const int peer = peer_port(socket);
        return peer >= 0 && (wanted_peer == 0 || peer == wanted_peer) && own_port(socket) == local_port;
    };
    for (const int descriptor : open_descriptors()) {
        if (!is_meant(descriptor)) continue;
        // Another thread may close the descriptor at any time, and a new socket may get its number. A duplicate keeps
        // naming the same socket, so what is checked is what is cut.
        const int duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (duplicate < 0) continue;
        if (is_meant(duplicate)) ::shutdown(duplicate, SHUT_RDWR);
        close(duplicate);
    }
}

ConnectionThreads::~ConnectionThreads() { shutdown(); }

ConnectionThreads::Enqueued ConnectionThreads::enqueue(std::function<void()> connection) {
    add(std::move(connection));
    return static_cast<Enqueued>(true);
}

void ConnectionThreads::shutdown() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void ConnectionThreads::add(std::function<void()> connection) {
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back(std::move(connection));
        if (waiting_.size() > idle_) threads_.emplace_back([this] { work(); });
    }
    wake_.notify_one();
}

void ConnectionThreads::work() {
    std::unique_lock lock{mutex_};
    while (true) {
        ++idle_;
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        --idle_;
        if (waiting_.empty()) return;
        const std::function<void()> connection = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        connection();
        lock.lock();
    }
}

} // namespace fathom::testing::detail
