// How long it takes until a history that waits for an answer has ended, from the moment it is told to stop. The server takes
// the request and never answers.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fathom/fathom.hpp>

#include "support/loopback.hpp"

namespace {

using namespace std::chrono;

/// Lets the system accept connections, and reads nothing.
class SilentServer {
public:
    SilentServer() {
        sockaddr_in address = fathom::loopback(0);
        socklen_t size = sizeof address;
        const bool listens = ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                             ::listen(socket_, 64) == 0 &&
                             ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
        if (!listens) throw std::runtime_error("cannot listen");
        port_ = ntohs(address.sin_port);
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    ~SilentServer() { ::close(socket_); }

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }

private:
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int port_ = 0;
};

double milliseconds_to_end(const SilentServer& server) {
    const fathom::Client client{{.api_key = "key", .base_url = server.url()}};
    std::stop_source stop;
    steady_clock::time_point stopped;
    std::jthread other([&] {
        std::this_thread::sleep_for(50ms); // until the request is sent
        stopped = steady_clock::now();
        stop.request_stop();
    });
    const auto pieces =
        client.aggregations()
            .history(fathom::SiteId("CDBUGS"), {.aggregates = {fathom::PageviewMetric::visits}, .timezone = "UTC"},
                     {.call = {.stop = stop.get_token()}})
            .collect();
    const auto ended = steady_clock::now();
    other.join();
    if (pieces || pieces.error().kind != fathom::ErrorKind::cancelled) throw std::runtime_error("was not cancelled");
    return duration<double, std::milli>(ended - stopped).count();
}

} // namespace

int main() {
    const SilentServer server;
    std::vector<double> times;
    for (int i = 0; i < 21; ++i) times.push_back(milliseconds_to_end(server));
    std::ranges::sort(times);
    std::printf("a history ends %.2f ms after it is told to stop (median of %zu; the slowest: %.2f ms)\n",
                times[times.size() / 2], times.size(), times.back());
    return times.back() <= 50 ? 0 : 1;
}
