// The only file that knows cpp-httplib.
#include "server.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <httplib.h>

#include "../exit_code.hpp"

namespace fathom::cli {

namespace {

using namespace std::chrono_literals;

// A scrape takes a millisecond, but who says nothing keeps a thread until it is cut off.
constexpr std::size_t threads = 64;
constexpr time_t longest_silence = 2; // seconds
constexpr auto longest_farewell = 1s; // after which whoever still sends a request, byte after byte, is not waited for

/// The threads that answer, which hold up the end of the program for a moment and no longer.
class Answerers final : public httplib::TaskQueue {
public:
    /// @param are_left is set where some threads have not ended in time; they use the server on
    explicit Answerers(std::shared_ptr<std::atomic<bool>> are_left) : are_left_(std::move(are_left)) {}

    // Later versions of the library want to know whether there is room.
    using Taken = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
    Taken enqueue(std::function<void()> task) override {
        pool_->enqueue(std::move(task));
        return Taken(true);
    }
    void shutdown() override {
        const auto ended = std::make_shared<std::promise<void>>();
        const std::future<void> end = ended->get_future();
        std::thread([pool = pool_, ended] {
            pool->shutdown();
            ended->set_value();
        }).detach();
        if (end.wait_for(longest_farewell) != std::future_status::ready) *are_left_ = true;
    }

private:
    std::shared_ptr<std::atomic<bool>> are_left_;
    std::shared_ptr<httplib::ThreadPool> pool_ = std::make_shared<httplib::ThreadPool>(threads);
};

/// A proxy may name the whole address.
std::string_view path_of(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos) return target;
    const std::size_t path = target.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

/// All lines of a header as one.
std::string list_in(const httplib::Request& request, const char* name) {
    std::string list;
    const auto [first, last] = request.headers.equal_range(name);
    for (auto line = first; line != last; ++line) list.append(list.empty() ? "" : ",").append(line->second);
    return list;
}

/// Only what is not in use: the library would share a port with another process.
void claim([[maybe_unused]] socket_t socket) {
#if !defined(_WIN32)
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes); // connections that have ended do not count
#endif
}

/// Before the body is read.
httplib::Server::HandlerResponse refuse_other_methods(const httplib::Request& request, httplib::Response& response) {
    if (request.method == "GET" || request.method == "HEAD") return httplib::Server::HandlerResponse::Unhandled;
    response.status = 405;
    response.set_header("Allow", "GET, HEAD");
    return httplib::Server::HandlerResponse::Handled;
}

} // namespace

class HttpServer::Running {
public:
    Running(const ListenAddress& address, Handler handler) {
        server_->new_task_queue = [left = are_left_] { return new Answerers(left); }; // NOLINT: the server deletes it
        server_->set_socket_options(claim);
        server_->set_read_timeout(longest_silence);
        server_->set_write_timeout(longest_silence);
        server_->set_keep_alive_timeout(longest_silence); // for the first byte, too
        server_->set_keep_alive_max_count(1); // a connection that waits would hold up the end of the program
        server_->set_pre_routing_handler(refuse_other_methods);
        server_->Get(".*", [handler = std::move(handler), left = are_left_](const httplib::Request& request,
                                                                            httplib::Response& response) {
            if (*left) return; // what the handler knows may be gone
            response.set_header("Vary", "Accept, Accept-Encoding");
            const HttpReply reply = handler(path_of(request.path), list_in(request, "Accept"));
            if (reply.status != 200) response.status = reply.status; // else 206 where a range is asked for
            response.set_content(reply.body, std::string(reply.content_type));
        });
        port_ = bind(address); // NOLINT(cppcoreguidelines-prefer-member-initializer): the server is set up first
        thread_ = std::thread([this] {
            server_->listen_after_bind();
            has_ended_ = true;
        });
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() {
        while (!server_->is_running() && !has_ended_)
            std::this_thread::sleep_for(1ms); // to stop it earlier does nothing
        server_->stop();
        thread_.join();
        if (*are_left_) keep(std::move(server_));
    }

    [[nodiscard]] int port() const noexcept { return port_; }

private:
    /// For threads that end with the program.
    static void keep(std::unique_ptr<httplib::Server> server) {
        static auto* const kept = new std::vector<std::unique_ptr<httplib::Server>>; // NOLINT: never destroyed
        kept->push_back(std::move(server));
    }
    int bind(const ListenAddress& address) {
        if (address.port == 0) {
            const int port = server_->bind_to_any_port(address.host);
            if (port > 0) return port;
        } else if (server_->bind_to_port(address.host, address.port)) {
            return address.port;
        }
        throw UsageError("--listen: cannot listen at " + address.host + " port " + std::to_string(address.port) +
                         "; another program may use it, or it is no address of this machine");
    }

    std::shared_ptr<std::atomic<bool>> are_left_ = std::make_shared<std::atomic<bool>>(false);
    std::unique_ptr<httplib::Server> server_ = std::make_unique<httplib::Server>();
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
