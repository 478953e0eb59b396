/// @file
/// nginx with TLS and HTTP/2 on loopback.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace fathom::benchmark {

/// What the server offers beside HTTP/1.1.
enum class Http { version_1, version_2 };

/// Runs from construction to destruction, on the processors of whoever starts it, and gives the list of sites of 2 KB.
class TlsServer {
public:
    explicit TlsServer(Http offer);
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;
    ~TlsServer();

    [[nodiscard]] const std::string& port() const noexcept { return port_; }
    /// Root of the API there.
    [[nodiscard]] std::string base_url() const { return "https://127.0.0.1:" + port_ + "/v1"; }
    /// The authority that vouches for it.
    [[nodiscard]] std::string ca_file() const { return folder_ / "authority.pem"; }
    /// Makes this process see the system's authorities with that one among them.
    /// @return false where the process may not have a view of the file system of its own
    [[nodiscard]] bool join_system_authorities() const;

private:
    std::filesystem::path folder_;
    std::string port_{};
    pid_t process_ = 0;
};

} // namespace fathom::benchmark
