#include "httplib_client.hpp"

#include <httplib.h>

#include <cstdio>
#include <cstdlib>

namespace fathom::benchmark {

struct HttplibClient::State {
    httplib::SSLClient client;
};

HttplibClient::HttplibClient(const std::string& port, const std::string& ca_file)
    : state_(new State{httplib::SSLClient("127.0.0.1", std::stoi(port))}) {
    httplib::SSLClient& client = state_->client;
    client.set_ca_cert_path(ca_file.c_str());
    client.enable_server_certificate_verification(true);
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
    client.set_default_headers({{"Authorization", "Bearer benchmark"}, {"Accept", "application/json"}});
}

HttplibClient::~HttplibClient() = default;

std::string HttplibClient::get(const std::string& target) {
    auto answer = state_->client.Get(target.c_str());
    if (!answer || answer->status != 200) {
        std::fprintf(stderr, "cpp-httplib: %s\n", httplib::to_string(answer.error()).c_str());
        std::exit(1); // NOLINT(concurrency-mt-unsafe): a benchmark that fails has nothing to clean up
    }
    return std::move(answer->body);
}

} // namespace fathom::benchmark
