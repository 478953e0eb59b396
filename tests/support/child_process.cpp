#include "child_process.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "loopback.hpp"

extern char** environ; // NOLINT: POSIX

namespace fathom {

namespace {

bool listens(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    const bool is_connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return is_connected;
}

} // namespace

ChildProcess::ChildProcess(std::vector<std::string> command) : id_(0) {
    std::vector<char*> arguments;
    for (std::string& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    if (::posix_spawn(&id_, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
        throw std::runtime_error("cannot start " + command[0]);
    }
}

ChildProcess::~ChildProcess() {
    ::kill(id_, SIGTERM);
    ::kill(id_, SIGCONT); // should it be stopped
    ::waitpid(id_, nullptr, 0);
}

void ChildProcess::kill() const { ::kill(id_, SIGKILL); }

void ChildProcess::stop() const { ::kill(id_, SIGSTOP); }

void ChildProcess::go_on() const { ::kill(id_, SIGCONT); }

void ChildProcess::wait_for_port(int port) const {
    using namespace std::chrono_literals;
    const auto give_up_at = std::chrono::steady_clock::now() + 30s;
    while (!listens(port)) {
        const bool has_ended = ::kill(id_, 0) != 0 || ::waitpid(id_, nullptr, WNOHANG) == id_;
        if (has_ended) throw std::runtime_error("the program ended before it listened");
        if (std::chrono::steady_clock::now() > give_up_at) throw std::runtime_error("the program does not listen");
        std::this_thread::sleep_for(10ms); // nothing tells when another program is ready
    }
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

} // namespace fathom
