/// @file
/// A server whose every byte the test decides.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "connection.hpp"

namespace fathom::faults {

/// Listens on this machine and gives each connection to a function, on a thread of its own.
class RawServer {
public:
    /// @param serve gets the connection and its number, from 1 on; the connection is closed after it
    using Serve = std::function<void(Connection& connection, int number)>;

    explicit RawServer(Serve serve);
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;
    ~RawServer();

    [[nodiscard]] int port() const noexcept { return port_; }
    [[nodiscard]] std::string url(const std::string& scheme = "http") const {
        return scheme + "://127.0.0.1:" + std::to_string(port_) + "/v1";
    }
    /// How many connections there have been.
    [[nodiscard]] int connections() const noexcept { return count_; }

private:
    /// One connection and the thread that serves it.
    struct Session {
        Session(int socket, const Serve& serve, int number);

        Connection connection;
        std::atomic<bool> has_ended{false};
        std::jthread worker;
    };

    void accept_all();

    Serve serve_;
    int listener_;
    int port_ = 0;
    std::atomic<int> count_{0};
    std::mutex lock_{};
    std::list<Session> sessions_{}; // guarded by the lock
    std::jthread acceptor_{};
};

} // namespace fathom::faults
