/// @file
/// A server that is not Redis.
#pragma once

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace fathom {

/// Listens on a free port of this machine, serves one connection at a time, and gives the answers that it is told to whatever it reads.
class FakeServer {
public:
    /// What it does with a connection.
    struct Manners {
        std::vector<std::string>
            answers{}; ///< To one thing read after another, the last for all others; none: silence.
        std::chrono::milliseconds latency{0}; ///< Before each answer.
        bool hangs_up = false;                ///< After the last answer, so that the next write is an error.
    };

    explicit FakeServer(Manners manners);
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;
    ~FakeServer();

    [[nodiscard]] int port() const noexcept { return port_; }

private:
    void listen();
    void serve(int connection) const;

    Manners manners_;
    int listener_;
    int port_ = 0;
    std::thread thread_{};
};

} // namespace fathom
