#include "http_server.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <utility>

#include <sys/socket.h>

#include <httplib.h>

#include "connections.hpp"
#include "routes.hpp"

namespace fathom::testing::detail {
namespace {

RecordedRequest to_recorded(const httplib::Request& request) {
    RecordedRequest recorded{.method = request.method, .body = request.body};
    recorded.arrived_at = std::chrono::steady_clock::now();
    const std::size_t question_mark = std::min(request.target.find('?'), request.target.size());
    recorded.path = request.target.substr(0, question_mark);
    if (question_mark < request.target.size()) recorded.query = request.target.substr(question_mark + 1);
    recorded.parameters = parse_query(recorded.query);
    for (const auto& [name, value] : request.headers) {
        // What cpp-httplib adds by itself nobody has sent.
        if (name != "REMOTE_ADDR" && name != "REMOTE_PORT" && name != "LOCAL_ADDR" && name != "LOCAL_PORT")
            recorded.headers.emplace_back(name, value);
    }
    return recorded;
}

// Sends the body in two halves, since something may happen between them.
struct BodySender {
    std::string body;
    Ending ending;
    std::chrono::milliseconds pause;
    StopSignal& stop;

    [[nodiscard]] bool operator()(std::size_t offset, std::size_t length, httplib::DataSink& sink) const {
        if (ending == Ending::complete && pause == std::chrono::milliseconds::zero())
            return sink.write(body.data() + offset, length);
        const std::size_t half = body.size() / 2;
        if (offset < half) return sink.write(body.data() + offset, half - offset);
        if (pause > std::chrono::milliseconds::zero() && !stop.sleep(pause)) return false;
        return ending == Ending::complete && sink.write(body.data() + offset, length);
    }
};

void write_body(const Delivery& delivery, StopSignal& stop, httplib::Response& response) {
    std::string body = delivery.answer.body;
    Ending ending = delivery.ending;
    if (ending == Ending::half_body) {
        body.resize(body.size() / 2);
        ending = Ending::complete;
    }
    if (body.empty()) return;
    const std::size_t size = body.size();
    // A provider, even where there is nothing to wait for: cpp-httplib compresses other bodies, as hard as it can.
    response.set_content_provider(size, delivery.answer.content_type,
                                  BodySender{std::move(body), ending, delivery.pause_inside_body, stop});
}

} // namespace

class HttpServer::Listener {
public:
    Listener(const std::string& host, int port, Handler handler, StopSignal& stop)
        : handler_{std::move(handler)}, stop_{stop} {
        configure();
        bind(host, port);
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        // Stopping a server that doesn't run yet has no effect.
        while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::microseconds{50});
    }

    ~Listener() {
        server_.stop();
        drop_connections();
        thread_.join();
    }

    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] int port() const noexcept { return port_; }
    void drop_connections() const { cut_connections(port_); }

private:
    void configure() {
        server_.new_task_queue = [] { return new ConnectionThreads; }; // Owned by the server: that is its interface.
        server_.set_tcp_nodelay(true);
        server_.set_keep_alive_max_count(1'000'000);
        server_.set_keep_alive_timeout(600);
        // By default cpp-httplib shares its port with whoever wants it, so that a port in use would not be noticed.
        server_.set_socket_options([this](auto socket) {
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
            socket_ = static_cast<int>(socket);
        });
        const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
            serve(request, response);
        };
        const std::string any_path = R"([\s\S]*)";
        server_.Get(any_path, handle);
        server_.Post(any_path, httplib::Server::Handler{handle});
        server_.Put(any_path, httplib::Server::Handler{handle});
        server_.Patch(any_path, httplib::Server::Handler{handle});
        server_.Delete(any_path, httplib::Server::Handler{handle});
        server_.Options(any_path, handle);
    }

    void bind(const std::string& host, int port) {
        const bool bound =
            port == 0 ? (port_ = server_.bind_to_any_port(host)) > 0 : (port_ = port, server_.bind_to_port(host, port));
        if (!bound) throw std::runtime_error("emulator: can't listen on " + host + ":" + std::to_string(port));
        // cpp-httplib lets five connections wait; the sixth of a burst would come a second late.
        ::listen(socket_, 512);
    }

    void serve(const httplib::Request& request, httplib::Response& response) {
        const Delivery delivery = handler_(to_recorded(request));
        if (delivery.ending == Ending::no_answer) {
            cut_connections(port_, request.remote_port);
            return;
        }
        response.status = delivery.answer.status;
        for (const auto& [name, value] : delivery.answer.headers) response.set_header(name, value);
        write_body(delivery, stop_, response);
    }

    Handler handler_;
    StopSignal& stop_;
    httplib::Server server_;
    std::thread thread_;
    int socket_ = -1;
    int port_ = 0;
};

HttpServer::HttpServer(const std::string& host, int port, Handler handler, StopSignal& stop)
    : listener_{std::make_unique<Listener>(host, port, std::move(handler), stop)} {}

HttpServer::~HttpServer() = default;

int HttpServer::port() const noexcept { return listener_->port(); }

void HttpServer::drop_connections() { listener_->drop_connections(); }

} // namespace fathom::testing::detail
