#include "http_server.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

#include "http_reader.hpp"
#include "http_writer.hpp"

namespace fathom::testing::detail {
namespace {

using fathom::detail::TcpConnection;

// To close a connection with bytes unread would reset it, and the last answer with it. So what the client still sends is
// thrown away, for as long as a client may take to notice.
void close_politely(TcpConnection& connection) {
    constexpr std::size_t most_chunks = 1'024;
    std::array<char, 16'384> thrown_away; // NOLINT(cppcoreguidelines-pro-type-member-init): nobody reads it
    connection.shut_down_writing();
    connection.set_read_timeout(std::chrono::milliseconds{500});
    for (std::size_t chunk = 0; chunk < most_chunks; ++chunk) {
        if (connection.read_some(thrown_away.data(), thrown_away.size()) == 0) break;
    }
    connection.shut_down();
}

// @return whether another request may follow
bool answer_request(TcpConnection& connection, const HttpRequest& read, const HttpServer::Handler& handler,
                    StopSignal& stop) {
    const Delivery delivery = handler(read.request);
    if (delivery.ending == Ending::no_answer) {
        connection.shut_down();
        return false;
    }
    const Writing writing{.ending = delivery.ending,
                          .pause_inside_body = delivery.pause_inside_body,
                          .has_body = read.request.method != "HEAD",
                          .keep_alive = read.keep_alive};
    if (!write_answer(connection, delivery.answer, writing, stop)) {
        connection.shut_down();
        return false;
    }
    if (!read.keep_alive) close_politely(connection);
    return read.keep_alive;
}

void refuse(TcpConnection& connection, const BadRequest& bad, StopSignal& stop) {
    const Answer answer = error_answer(bad.status, default_message(bad.status));
    if (write_answer(connection, answer, {.has_body = bad.has_body, .keep_alive = false}, stop))
        close_politely(connection);
    connection.shut_down();
}

} // namespace

HttpServer::HttpServer(const std::string& host, int port, Handler handler, StopSignal& stop)
    : listener_{host, port}, port_{listener_.port()}, handler_{std::move(handler)}, stop_{stop},
      thread_{[this] { listen(); }} {}

HttpServer::~HttpServer() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    listener_.wake();
    thread_.join();
    drop_connections();
    for (Connection& connection : connections_) connection.thread.join();
}

void HttpServer::drop_connections() {
    const std::lock_guard lock{mutex_};
    for (const Connection& connection : connections_) connection.tcp.shut_down();
}

void HttpServer::listen() {
    while (!is_stopping()) {
        auto accepted = listener_.accept();
        join_ended_connections();
        if (accepted) {
            begin(std::move(*accepted));
        } else {
            // Most likely this process has no descriptor left: it may have one in a moment.
            static_cast<void>(stop_.sleep(std::chrono::milliseconds{1}));
        }
    }
}

bool HttpServer::is_stopping() {
    const std::lock_guard lock{mutex_};
    return stopping_;
}

void HttpServer::begin(TcpConnection accepted) {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;
    Connection& connection = connections_.emplace_back(std::move(accepted));
    connection.thread = std::thread{[this, &connection] { serve(connection); }};
}

void HttpServer::serve(Connection& connection) {
    HttpReader reader{connection.tcp};
    bool goes_on = true;
    while (goes_on) {
        const auto read = reader.read();
        if (!read) break;
        if (const auto* bad = std::get_if<BadRequest>(&*read)) {
            refuse(connection.tcp, *bad, stop_);
            break;
        }
        goes_on = answer_request(connection.tcp, std::get<HttpRequest>(*read), handler_, stop_);
    }
    connection.tcp.shut_down();
    const std::lock_guard lock{mutex_};
    connection.has_ended = true;
}

void HttpServer::join_ended_connections() {
    std::list<Connection> ended;
    {
        const std::lock_guard lock{mutex_};
        for (auto next = connections_.begin(); next != connections_.end();) {
            const auto connection = next++;
            if (connection->has_ended) ended.splice(ended.end(), connections_, connection);
        }
    }
    for (Connection& connection : ended) connection.thread.join();
}

} // namespace fathom::testing::detail
