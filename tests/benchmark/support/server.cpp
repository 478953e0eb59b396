// A server for benchmarks: HTTP/1.1 with keep-alive on loopback, one thread, answers that are ready before they are asked
// for, so that what is timed is the client.
// Usage: fathom_benchmark_server [DELAY_MS…]: each answer is held back for one of these times, drawn evenly.
// Prints its port, and ends when its standard input does.
//   /v1/sites…                  a list of sites of 2 KB
//   /v1/sites/ID/events…        pages of 100 events, 1,000 of them
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "../../support/loopback.hpp"
#include "sample_bodies.hpp"

namespace {

using namespace fathom::benchmark;

constexpr std::size_t page_size = 100;
constexpr std::size_t page_count = 1000;

std::string answer_of(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

/// The answer to a request for events, by the cursor in its query.
std::string events_answer(std::string_view request) {
    constexpr std::string_view cursor = "starting_after=EVENT";
    std::size_t first = 0;
    if (const auto found = request.find(cursor); found != std::string_view::npos) {
        const char* const digits = request.data() + found + cursor.size();
        std::from_chars(digits, digits + 7, first);
        ++first;
    }
    return answer_of(events_body(first, page_size, first + page_size < page_size * page_count));
}

class Server {
public:
    explicit Server(std::vector<int> delays) : delays_(std::move(delays)) {}

    int listen() {
        const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = fathom::loopback(0);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address); // NOLINT: so is the interface
        if (bind(listener, generic, size) != 0 || ::listen(listener, 128) != 0) return 0;
        getsockname(listener, generic, &size);
        watched_ = {{STDIN_FILENO, POLLIN, 0}, {listener, POLLIN, 0}};
        return ntohs(address.sin_port);
    }

    void run() {
        while (poll(watched_.data(), watched_.size(), -1) >= 0) {
            if (watched_[0].revents != 0) return;
            for (std::size_t i = 2; i < watched_.size();) {
                const bool is_closed = watched_[i].revents != 0 && !serve(watched_[i].fd);
                if (is_closed) {
                    close(watched_[i].fd);
                    received_.erase(watched_[i].fd);
                    watched_.erase(watched_.begin() + static_cast<std::ptrdiff_t>(i));
                } else {
                    ++i;
                }
            }
            if (watched_[1].revents != 0) {
                const int connection = accept4(watched_[1].fd, nullptr, nullptr, SOCK_CLOEXEC);
                const int on = 1;
                setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                watched_.push_back({connection, POLLIN, 0});
            }
        }
    }

private:
    bool serve(int connection) {
        std::array<char, 16'384> buffer; // NOLINT: filled by read
        const ssize_t size = read(connection, buffer.data(), buffer.size());
        if (size <= 0) return false;
        std::string& received = received_[connection];
        received.append(buffer.data(), static_cast<std::size_t>(size));
        if (!received.ends_with("\r\n\r\n")) return true;
        if (!delays_.empty()) std::this_thread::sleep_for(delay());
        const bool is_events = received.find("/events") < received.find("\r\n");
        const std::string& answer = is_events ? events_answer(received) : sites_;
        received.clear();
        return write(connection, answer.data(), answer.size()) == static_cast<ssize_t>(answer.size());
    }

    std::chrono::milliseconds delay() {
        return std::chrono::milliseconds(
            delays_[std::uniform_int_distribution<std::size_t>(0, delays_.size() - 1)(dice_)]);
    }

    std::vector<int> delays_;
    std::minstd_rand dice_{1};
    std::string sites_ = answer_of(sites_body());
    std::vector<pollfd> watched_{};
    std::map<int, std::string> received_{};
};

} // namespace

int main(int argc, char** argv) {
    std::vector<int> delays;
    for (int i = 1; i < argc; ++i) delays.push_back(std::atoi(argv[i])); // NOLINT
    Server server(std::move(delays));
    const int port = server.listen();
    if (port == 0) {
        std::perror("fathom_benchmark_server");
        return 1;
    }
    std::printf("%d\n", port);
    std::fclose(stdout);
    server.run();
}
