/// @file
/// HttpServer: the only place that sees cpp-httplib.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <fathom/testing/faults.hpp>
#include <fathom/testing/recorded_request.hpp>

#include "answer.hpp"
#include "stop_signal.hpp"

namespace fathom::testing::detail {

/// An answer, and what becomes of it on its way.
struct Delivery {
    Answer answer{};
    Ending ending = Ending::complete;
    std::chrono::milliseconds pause_inside_body{0};
};

/// Listens from construction to destruction.
class HttpServer {
public:
    using Handler = std::function<Delivery(const RecordedRequest&)>;

    /// @param port 0: one that is free
    /// @param stop what pauses inside bodies listen to; whoever destroys the server raises it before
    HttpServer(const std::string& host, int port, Handler handler, StopSignal& stop);
    ~HttpServer();

    [[nodiscard]] int port() const noexcept;
    void drop_connections();

private:
    class Listener;
    std::unique_ptr<Listener> listener_;
};

} // namespace fathom::testing::detail
