/// @file
/// A Redis server of a test's own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/child_process.hpp"

namespace fathom {

/// Runs on a free port of this machine, and keeps nothing on disk.
class RedisServer {
public:
    /// @param arguments further options of redis-server
    explicit RedisServer(std::vector<std::string> arguments = {});

    [[nodiscard]] int port() const noexcept { return port_; }
    /// Ends it without warning; what it knew is gone.
    void kill();
    /// Starts it again on the same port.
    void start();
    /// Runs a command and gives its answer, as text.
    std::string command(const std::vector<std::string>& words) const;

private:
    int port_ = free_port();
    std::vector<std::string> arguments_;
    std::optional<ChildProcess> process_{};
};

} // namespace fathom
