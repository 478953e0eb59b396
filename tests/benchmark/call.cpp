// One blocking call on a connection that is kept, over plain HTTP on loopback.
#include <fathom/fathom.hpp>

#include "support/by_hand.hpp"
#include "support/client_options.hpp"
#include "support/parser_alone.hpp"
#include "support/processor.hpp"
#include "support/rounds.hpp"
#include "support/server_process.hpp"

#if FATHOM_BENCHMARK_CPPREST
#include "support/cpprest_client.hpp"
#endif

namespace {

using namespace fathom::benchmark;

void measure_unread(const std::string& base_url) {
    const fathom::Client client(client_options(base_url));
    const fathom::RawRequest request{.path = "/sites", .query = {{"limit", "100"}}};
    by_hand::EasyHandle handle;
    const std::string url = base_url + "/sites?limit=100";
    const auto timings = time_beside_each_other(
        {
            {"fathom", [&] { static_cast<void>(client.request(request).value().body); }},
            {"a reused libcurl easy handle", [&] { static_cast<void>(handle.get(url)); }},
        },
        {.rounds = 201, .repetitions = 100});
    print_wall_ratio("GET, body handed over unread", timings, 1, 1.10);
}

void measure_sites(const std::string& base_url) {
    const fathom::Client client(client_options(base_url));
    by_hand::EasyHandle handle;
    const std::string url = base_url + "/sites?limit=100";
#if FATHOM_BENCHMARK_CPPREST
    CpprestClient cpprest(base_url);
#endif
    const auto timings = time_beside_each_other(
        {
            {"fathom", [&] { static_cast<void>(client.sites().list().collect().value()); }},
            {"a reused easy handle, nlohmann DOM", [&] { static_cast<void>(by_hand::decode_sites(handle.get(url))); }},
            {"a new easy handle, nlohmann DOM",
             [&] { static_cast<void>(by_hand::decode_sites(by_hand::get_with_new_handle(url))); }},
            {"libcurl and nlohmann's parser, with nothing kept", [&] { parse_alone(handle.get(url)); }},
#if FATHOM_BENCHMARK_CPPREST
            {"cpprestsdk with its own JSON", [&] { static_cast<void>(cpprest.sites()); }},
#endif
        },
        {.rounds = 201, .repetitions = 50});
    constexpr std::string_view work = "list of sites, 2 KB, into structs";
    print_wall_ratio(work, timings, 1, 0.72);
    print_floor(timings[3], timings[1]);
    print_wall_ratio(work, timings, 2, 0.40);
#if FATHOM_BENCHMARK_CPPREST
    print_wall_ratio(work, timings, 4, 0.30);
#endif
}

} // namespace

int main() {
    stay_on_one_processor();
    const ServerProcess server;
    print_head();
    measure_unread(server.base_url());
    measure_sites(server.base_url());
}
