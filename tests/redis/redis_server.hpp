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
    enum class Transport { plain, tls };

    /// @param arguments further options of redis-server
    explicit RedisServer(std::vector<std::string> arguments = {}, Transport transport = Transport::plain);

    [[nodiscard]] int port() const noexcept { return port_; }
    /// Ends it without warning; what it knew is gone.
    void kill();
    /// Starts it again on the same port.
    void start();
    /// Runs a command and gives its answer, as text; not over TLS.
    std::string command(const std::vector<std::string>& words) const;

private:
    int port_ = free_port();
    std::vector<std::string> arguments_;
    Transport transport_;
    std::optional<ChildProcess> process_{};
};

} // namespace fathom
