/// @file
/// A program that a test starts beside itself.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace fathom {

/// Runs until it is told to end.
class ChildProcess {
public:
    /// @param command the program's path and its arguments
    explicit ChildProcess(std::vector<std::string> command);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    [[nodiscard]] pid_t id() const noexcept { return id_; }
    /// Ends it without warning.
    void kill() const;
    /// Lets it do nothing until go_on().
    void stop() const;
    void go_on() const;
    /// Waits until a program listens at a port of this machine; throws where the child ends before or takes too long.
    void wait_for_port(int port) const;

private:
    pid_t id_;
};

/// A port of this machine that nobody uses at the moment.
[[nodiscard]] int free_port();

} // namespace fathom
