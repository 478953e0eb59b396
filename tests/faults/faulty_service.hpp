/// @file
/// Clients of faulty servers.
#pragma once

#include <chrono>
#include <string>

#include <fathom/fathom.hpp>

#include "certificates.hpp"
#include "raw_server.hpp"

namespace fathom::faults {

/// Quick enough for a test, and patient enough for a busy machine.
inline ClientOptions options_for(const std::string& base_url) {
    return {.api_key = "secret-key",
            .base_url = base_url,
            .timeout = std::chrono::seconds{30},
            .retry = {.base_delay = std::chrono::milliseconds{1}, .max_delay = std::chrono::milliseconds{5}}};
}

/// For a server with TLS.
inline ClientOptions options_for(const RawServer& server, const Identity& identity) {
    ClientOptions options = options_for(server.url("https"));
    options.connection.ca_pem = identity.certificate;
    return options;
}

inline std::string answer(const std::string& body = std::string(answer_to_all), const std::string& more_headers = "") {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + more_headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Answers each request as it should be answered.
inline void serve_well(Connection& connection) {
    while (!connection.read_request().empty() && connection.send(answer())) {
    }
}

inline Result<Site> get(const Client& client) { return client.sites().get(SiteId{"A"}); }

} // namespace fathom::faults
