// Many calls in flight at once, over TLS to a server that offers HTTP/2: coroutines of one AsyncClient, beside threads that
// have an easy handle each.
#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fathom/fathom.hpp>

#include "support/by_hand.hpp"
#include "support/client_options.hpp"
#include "support/rounds.hpp"
#include "support/tls_server.hpp"

namespace {

using namespace fathom::benchmark;

// Enough of them in each round that the start of the threads, and what TCP makes up for after a pause, do not count.
constexpr int calls_in_all = 8'000;

/// One chain of calls, each made when the one before is done. Every chain asks a question of its own, so that none shares
/// the answer of another.
fathom::Future<void> make_calls(fathom::AsyncClient client, int question, int count) {
    const fathom::RawRequest request{.path = "/sites", .query = {{"limit", std::to_string(question)}}};
    for (int made = 0; made < count; ++made) static_cast<void>((co_await client.request(request)).value());
}

void from_coroutines(const fathom::AsyncClient& client, int chains) {
    std::vector<fathom::Future<void>> running;
    for (int chain = 0; chain < chains; ++chain) running.push_back(make_calls(client, chain, calls_in_all / chains));
    for (auto& chain : running) chain.get().value();
}

/// Handles that are kept, one for each thread.
using Handles = std::vector<std::unique_ptr<by_hand::EasyHandle>>;

void from_threads(const Handles& handles, const std::string& base_url) {
    const std::size_t count = calls_in_all / handles.size();
    std::vector<std::jthread> threads;
    for (const auto& handle : handles) {
        threads.emplace_back([&] {
            for (std::size_t made = 0; made < count; ++made)
                static_cast<void>(handle->get(base_url + "/sites?limit=100"));
        });
    }
}

/// How many connections a server has accepted, this one's own included.
int connections(const TlsServer& server) {
    by_hand::EasyHandle handle;
    handle.trust(server.ca_file());
    const std::string status = handle.get("https://127.0.0.1:" + server.port() + "/status");
    return std::stoi(status.substr(status.find('\n', status.find("accepts"))));
}

void measure(int in_flight) {
    const TlsServer server(Http::version_2);
    fathom::ClientOptions options = client_options(server.base_url());
    options.connection.ca_file = server.ca_file();

    const int before = connections(server);
    const fathom::AsyncClient client(options);
    from_coroutines(client, in_flight);
    const int opened = connections(server) - before - 1;

    Handles handles;
    for (int i = 0; i < in_flight; ++i) {
        handles.push_back(std::make_unique<by_hand::EasyHandle>());
        handles.back()->trust(server.ca_file());
    }
    const auto timings = time_beside_each_other(
        {{"fathom", [&] { from_coroutines(client, in_flight); }},
         {"as many threads, an easy handle each", [&] { from_threads(handles, server.base_url()); }}},
        {.rounds = 15});
    const std::string work = std::to_string(in_flight) + " calls in flight, TLS, HTTP/2";
    print_ratio(work + ": calls per second", timings[1].name,
                1 / median_ratio(timings[0].wall_seconds, timings[1].wall_seconds), Goal::at_least, 1.35);
    print_ratio(work + ": processor time", timings[1].name,
                median_ratio(timings[0].cpu_seconds, timings[1].cpu_seconds), Goal::at_most, 0.75);
    std::printf("  (the client opened %d connection%s)\n", opened, opened == 1 ? "" : "s");
}

} // namespace

int main() {
    print_head();
    for (const int in_flight : {16, 64}) measure(in_flight);
}
