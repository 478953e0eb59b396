/// @file
/// What a failed transfer means, in the library's words.
#pragma once

#include <curl/curl.h>

#include <string>

#include <fathom/transport.hpp>

namespace fathom::detail::curl {

/// What libcurl says of a transfer that failed.
struct Failure {
    CURLcode code = CURLE_OK;
    std::string message{};     ///< libcurl's own words.
    long verify_result = 0;    ///< The TLS library's number for what is wrong with the certificate; 0 for none.
    long proxy_status = 0;     ///< The proxy's answer; 0 for none.
    long proxy_error = 0;      ///< libcurl's number (CURLPX_…) for what went wrong with a SOCKS proxy; 0 for nothing.
    bool asks_a_proxy = false; ///< Whether this host is reached by a proxy.
    bool was_sent = false;     ///< Whether a connection was there for the request.
    bool has_head_begun = false;
};

/// Tells refusals, which last, from broken connections, which may be repaired, and adds what can be done about them.
[[nodiscard]] TransportError explain(const Failure& failure);

} // namespace fathom::detail::curl
