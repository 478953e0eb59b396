#include "child_process.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
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

class FileActions {
public:
    FileActions() { ::posix_spawn_file_actions_init(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }

    void open(int descriptor, const std::string& file, int flags) {
        constexpr mode_t readable = 0644;
        if (!file.empty()) ::posix_spawn_file_actions_addopen(&actions_, descriptor, file.c_str(), flags, readable);
    }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

/// What ends a program ends this one, too, though the tests themselves may be run by nohup or in the background of a script.
class UsualSignals {
public:
    UsualSignals() {
        sigset_t usual{};
        sigemptyset(&usual);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&usual, signal);
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setsigdefault(&attributes_, &usual);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
    }
    UsualSignals(const UsualSignals&) = delete;
    UsualSignals& operator=(const UsualSignals&) = delete;
    ~UsualSignals() { ::posix_spawnattr_destroy(&attributes_); }
    [[nodiscard]] const posix_spawnattr_t* get() const noexcept { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

} // namespace

ChildProcess::ChildProcess(std::vector<std::string> command, const ChildFiles& files) : id_(0) {
    constexpr int written = O_WRONLY | O_CREAT | O_TRUNC;
    FileActions actions;
    const UsualSignals signals;
    actions.open(STDIN_FILENO, files.in, O_RDONLY);
    actions.open(STDOUT_FILENO, files.out, written);
    actions.open(STDERR_FILENO, files.error, written);
    std::vector<char*> arguments;
    for (std::string& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    if (::posix_spawn(&id_, arguments[0], actions.get(), signals.get(), arguments.data(), environ) != 0) {
        throw std::runtime_error("cannot start " + command[0]);
    }
}

ChildProcess::~ChildProcess() {
    if (is_waited_for_) return;
    ::kill(id_, SIGTERM);
    ::kill(id_, SIGCONT); // should it be stopped
    ::waitpid(id_, nullptr, 0);
}

int ChildProcess::wait() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    is_waited_for_ = true;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool ChildProcess::has_ended() const {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == id_;
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
