// One blocking call on a connection that is kept, over TLS.
#include <string>

#include <fathom/fathom.hpp>

#include "support/by_hand.hpp"
#include "support/client_options.hpp"
#include "support/httplib_client.hpp"
#include "support/parser_alone.hpp"
#include "support/processor.hpp"
#include "support/rounds.hpp"
#include "support/tls_server.hpp"

namespace {

using namespace fathom::benchmark;

void measure(Http offer, const std::string& work, double goal) {
    const TlsServer server(offer);
    fathom::ClientOptions options = client_options(server.base_url());
    options.connection.ca_file = server.ca_file();
    const fathom::Client client(options);
    HttplibClient httplib(server.port(), server.ca_file());
    by_hand::EasyHandle handle;
    handle.trust(server.ca_file());
    const std::string url = server.base_url() + "/sites?limit=100";
    const auto timings = time_beside_each_other(
        {
            {"fathom", [&] { static_cast<void>(client.sites().list().collect().value()); }},
            {"cpp-httplib's client, nlohmann DOM",
             [&] { static_cast<void>(by_hand::decode_sites(httplib.get("/v1/sites?limit=100"))); }},
            {"a reused easy handle, nlohmann DOM", [&] { static_cast<void>(by_hand::decode_sites(handle.get(url))); }},
            {"libcurl by itself, body left unread", [&] { static_cast<void>(handle.get(url)); }},
            {"libcurl and nlohmann's parser, with nothing kept", [&] { parse_alone(handle.get(url)); }},
        },
        {.rounds = 201, .repetitions = 50});
    print_wall_ratio(work, timings, 1, goal);
    print_wall_ratio(work, timings, 2, goal);
    print_floor(timings[3], timings[1]);
    print_floor(timings[4], timings[1]);
}

} // namespace

int main() {
    stay_on_one_processor();
    print_head();
    measure(Http::version_1, "list of sites, 2 KB, over TLS", 0.85);
    measure(Http::version_2, "the same from a server that offers HTTP/2", 0.85);
}
