/// @file
/// HttpServer: answers HTTP/1.1 on a port, each connection in a thread of its own.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include <fathom/testing/faults.hpp>
#include <fathom/testing/recorded_request.hpp>

#include "../../platform/tcp.hpp"
#include "answer.hpp"
#include "stop_signal.hpp"

namespace fathom::testing::detail {

/// An answer, and what becomes of it on its way.
struct Delivery {
    Answer answer{};
    Ending ending = Ending::complete;
    std::chrono::milliseconds pause_inside_body{0};
};

/// Listens from construction to destruction. Any number of clients may keep connections, and none delays the end.
class HttpServer {
public:
    using Handler = std::function<Delivery(const RecordedRequest&)>;

    /// @param port 0: one that is free
    /// @param stop what pauses inside bodies listen to; whoever destroys the server raises it before
    HttpServer(const std::string& host, int port, Handler handler, StopSignal& stop);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] int port() const noexcept { return port_; }
    void drop_connections();

private:
    // The thread marks its end, and whoever joins it closes the connection.
    struct Connection {
        explicit Connection(fathom::detail::TcpConnection accepted) : tcp{std::move(accepted)} {}

        fathom::detail::TcpConnection tcp;
        std::thread thread{};
        bool has_ended = false;
    };

    void listen();
    [[nodiscard]] bool is_stopping();
    void begin(fathom::detail::TcpConnection accepted);
    void serve(Connection& connection);
    void join_ended_connections();

    fathom::detail::TcpListener listener_;
    const int port_;
    const Handler handler_;
    StopSignal& stop_;
    std::mutex mutex_; // Guards the two below, and the ends of connections.
    std::list<Connection> connections_{};
    bool stopping_ = false;
    std::thread thread_; // The last, since it uses all others.
};

} // namespace fathom::testing::detail
