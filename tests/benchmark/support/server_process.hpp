/// @file
/// The benchmark server as a process of its own.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace fathom::benchmark {

/// Runs from construction to destruction, on the processors of whoever starts it.
class ServerProcess {
public:
    /// @param delays_ms each answer is held back for one of these times
    explicit ServerProcess(const std::vector<int>& delays_ms = {});
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;
    ~ServerProcess();

    /// Root of the API there.
    [[nodiscard]] std::string base_url() const { return "http://127.0.0.1:" + port_ + "/v1"; }

private:
    pid_t process_ = 0;
    int input_ = -1; // the server ends when this is closed
    std::string port_{};
};

} // namespace fathom::benchmark
