/// @file
/// A program that a test starts beside itself.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace fathom {

/// The files that a program reads and writes in place of the test's own streams; empty: those.
struct ChildFiles {
    std::string in{};
    std::string out{};
    std::string error{};
};

/// Runs until it ends or is told to.
class ChildProcess {
public:
    /// @param command the program's path and its arguments
    explicit ChildProcess(std::vector<std::string> command, const ChildFiles& files = {});
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    [[nodiscard]] pid_t id() const noexcept { return id_; }
    /// Waits until it ends. @return its exit code, or 128 and the signal that ended it
    int wait();
    /// Whether it has ended by now.
    [[nodiscard]] bool has_ended() const;
    /// Ends it without warning.
    void kill() const;
    /// Lets it do nothing until go_on().
    void stop() const;
    void go_on() const;
    /// Waits until a program listens at a port of this machine; throws where the child ends before or takes too long.
    void wait_for_port(int port) const;

private:
    pid_t id_;
    bool is_waited_for_ = false;
};

/// A port of this machine that nobody uses at the moment.
[[nodiscard]] int free_port();

} // namespace fathom
