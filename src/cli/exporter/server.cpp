// The only file that knows cpp-httplib.
#include "server.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include <httplib.h>

#include "../exit_code.hpp"

namespace fathom::cli {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t threads = 4;     // scrapes are rare and take a millisecond
constexpr time_t longest_transfer = 5; // seconds

/// Only what is not in use: the library would share a port with another process.
void claim([[maybe_unused]] socket_t socket) {
#if !defined(_WIN32)
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes); // connections that have ended do not count
#endif
}

} // namespace

class HttpServer::Running {
public:
    Running(const ListenAddress& address, Handler handler) {
        server_.new_task_queue = [] { return new httplib::ThreadPool(threads); }; // NOLINT: the server deletes it
        server_.set_socket_options(claim);
        server_.set_read_timeout(longest_transfer);
        server_.set_write_timeout(longest_transfer);
        server_.set_keep_alive_max_count(1); // a connection that waits would hold up the end of the program
        server_.Get(".*", [handler = std::move(handler)](const httplib::Request& request, httplib::Response& response) {
            const HttpReply reply = handler(request.path, request.get_header_value("Accept"));
            response.status = reply.status;
            response.set_content(reply.body, std::string(reply.content_type));
        });
        port_ = bind(address); // NOLINT(cppcoreguidelines-prefer-member-initializer): the server is set up first
        thread_ = std::thread([this] {
            server_.listen_after_bind();
            has_ended_ = true;
        });
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() {
        while (!server_.is_running() && !has_ended_)
            std::this_thread::sleep_for(1ms); // to stop it earlier does nothing
        server_.stop();
        thread_.join();
    }

    [[nodiscard]] int port() const noexcept { return port_; }

private:
    int bind(const ListenAddress& address) {
        if (address.port == 0) {
            const int port = server_.bind_to_any_port(address.host);
            if (port > 0) return port;
        } else if (server_.bind_to_port(address.host, address.port)) {
            return address.port;
        }
        throw UsageError("--listen: cannot listen at " + address.host + " port " + std::to_string(address.port) +
                         "; another program may use it, or it is no address of this machine");
    }

    httplib::Server server_{};
    int port_ = 0;
    std::atomic<bool> has_ended_ = false;
    std::thread thread_{};
};

HttpServer::HttpServer(const ListenAddress& address, Handler handler)
    : running_(std::make_unique<Running>(address, std::move(handler))) {
    const bool is_ipv6 = address.host.find(':') != std::string::npos;
    url_ =
        "http://" + (is_ipv6 ? '[' + address.host + ']' : address.host) + ':' + std::to_string(running_->port()) + '/';
}

HttpServer::~HttpServer() = default;

} // namespace fathom::cli
