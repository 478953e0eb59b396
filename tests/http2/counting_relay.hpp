/// @file
/// Stands between a client and a server, and counts what the client sends.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>

namespace fathom {

/// Passes the bytes of one connection on, both ways, and counts the pieces in which they come from the client.
class CountingRelay {
public:
    /// @param port where the server listens on this machine
    explicit CountingRelay(int port);
    CountingRelay(const CountingRelay&) = delete;
    CountingRelay& operator=(const CountingRelay&) = delete;
    ~CountingRelay();

    /// Where it listens.
    [[nodiscard]] int port() const noexcept { return port_; }
    [[nodiscard]] std::size_t pieces_from_client() const noexcept { return pieces_from_client_; }

private:
    void serve(int server_port);

    int listener_;
    int port_ = 0;
    std::atomic<std::size_t> pieces_from_client_{0};
    std::jthread thread_{};
};

} // namespace fathom
