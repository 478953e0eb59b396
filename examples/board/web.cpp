#include "web.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include "host_check.hpp"
#include "page.hpp"

namespace {

using namespace std::chrono_literals;

constexpr auto heartbeat = 15s; // finds browsers that went without a word

/// One browser that looks.
struct Stream {
    std::shared_ptr<const void> viewer;
    std::string last_id;
    bool has_begun = false;
};

std::string event_of(const Numbered& message) {
    return "id: " + message.id + "\nevent: board\ndata: " + message.text + "\n\n";
}

bool send(httplib::DataSink& sink, const std::string& text) { return sink.write(text.data(), text.size()); }

/// Called again and again, until it gives false or says that it is done.
bool send_next(Stream& stream, const Latest& latest, httplib::DataSink& sink) {
    if (!std::exchange(stream.has_begun, true)) return send(sink, "retry: 3000\n\n");
    if (const auto message = latest.wait_for_other(stream.last_id, heartbeat)) {
        stream.last_id = message->id;
        return send(sink, event_of(*message));
    }
    if (!latest.is_closed()) return send(sink, ":\n\n");
    sink.done();
    return true;
}

/// Nothing comes from elsewhere, and no other page shows this one in a frame.
void protect(httplib::Response& response) {
    response.set_header("Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
                        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("Referrer-Policy", "no-referrer");
    response.set_header("Cache-Control", "no-cache");
}

} // namespace

Web::Web(Feed& feed, Latest& latest, std::vector<std::string> names)
    : feed_(feed), latest_(latest), names_(std::move(names)) {
    // Each stream holds a thread, and so does each connection that is kept for the next request; a browser has one of each.
    server_.new_task_queue = [] { return std::make_unique<httplib::ThreadPool>(2 * Feed::most_viewers + 8).release(); };
    refuse_other_names();
    add_page();
    server_.Get("/events", [this](const auto& request, auto& response) { stream(request, response); });
    server_.Get("/board.json", [this](const auto&, auto& response) {
        protect(response);
        const auto message = latest_.get();
        response.set_content(message ? message->text : "{}", "application/json");
    });
}

void Web::refuse_other_names() {
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        if (is_own_host(request.get_header_value("Host"), names_)) return httplib::Server::HandlerResponse::Unhandled;
        response.status = 421;
        response.set_content("The board does not know itself by this name; start it with --name\n", "text/plain");
        return httplib::Server::HandlerResponse::Handled;
    });
}

void Web::add_page() {
    const auto add = [this](const char* path, std::string_view content, const char* type) {
        server_.Get(path, [content, type](const httplib::Request&, httplib::Response& response) {
            protect(response);
            response.set_content(content.data(), content.size(), type);
        });
    };
    add("/", page::html, "text/html; charset=utf-8");
    add("/board.css", page::css, "text/css; charset=utf-8");
    add("/board.js", page::script, "text/javascript; charset=utf-8");
}

void Web::stream(const httplib::Request& request, httplib::Response& response) {
    const auto state =
        std::make_shared<Stream>(Stream{.viewer = feed_.watch(), .last_id = request.get_header_value("Last-Event-ID")});
    protect(response);
    if (!state->viewer) {
        response.status = 503;
        response.set_header("Retry-After", "30");
        return;
    }
    response.set_header("X-Accel-Buffering", "no"); // for a proxy between, which would hold events back
    response.set_chunked_content_provider("text/event-stream", [this, state](std::size_t, httplib::DataSink& sink) {
        return send_next(*state, latest_, sink);
    });
}

int Web::bind(const std::string& host, int port) {
    const int bound = port == 0 ? server_.bind_to_any_port(host) : server_.bind_to_port(host, port) ? port : -1;
    if (bound < 0) throw std::runtime_error("cannot listen at " + host + ":" + std::to_string(port));
    return bound;
}

void Web::serve() {
    server_.listen_after_bind();
    has_ended_ = true;
}

void Web::stop() {
    latest_.close();
    while (!server_.is_running() && !has_ended_) std::this_thread::sleep_for(1ms); // to stop it earlier does nothing
    server_.stop();
}
