#include "failure.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "library.hpp"

namespace fathom::detail::curl {

namespace {

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::ranges::any_of(parts,
                               [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// TLS libraries have one code for a handshake that the server refused and for one whose connection broke. Of the latter
/// OpenSSL, GnuTLS, Schannel and the others speak so.
bool has_broken_off(const Failure& failure) {
    return failure.code == CURLE_SSL_CONNECT_ERROR &&
           has_any(failure.message, {"reset", "unexpected eof", "unexpected EOF", "UnexpectedEof", "SSL_ERROR_SYSCALL",
                                     "SSL_ERROR_ZERO_RETURN", "Broken pipe", "timed out", "non-properly terminated",
                                     "Error in the pull function", "Error in the push function", "closed abruptly",
                                     "failed to receive handshake", "failed to send"});
}

/// With TLS 1.3 a server refuses the client's certificate after the client's part of the handshake.
bool is_refused_by_alert(const Failure& failure) {
    return has_any(failure.message, {"alert certificate", "alert bad certificate", "alert unknown ca",
                                     "certificate_required", "bad_certificate", "unknown_ca"});
}

bool is_tls_refusal(const Failure& failure) {
    switch (failure.code) {
    case CURLE_SSL_CONNECT_ERROR: return !has_broken_off(failure);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED: return true;
    default: return is_refused_by_alert(failure);
    }
}

/// What can be done about a certificate, by OpenSSL's number of what is wrong with it (X509_V_ERR_…).
std::string_view remedy_of_certificate(const Failure& failure) {
    constexpr long not_yet_valid = 9;
    constexpr long expired = 10;
    constexpr long revoked = 23;
    constexpr long other_host = 62;
    const bool is_for_other_host =
        failure.verify_result == other_host ||
        has_any(failure.message, {"no alternative certificate subject name", "does not match", "hostname mismatch"});
    if (is_for_other_host) return "the certificate is for another host: check base_url";
    if (failure.verify_result == not_yet_valid) return "the certificate is not valid yet: check this machine's clock";
    if (failure.verify_result == expired || has_any(failure.message, {"expired"})) {
        return "the certificate has expired: its owner has to renew it, unless this machine's clock is wrong";
    }
    if (failure.verify_result == revoked) return "the certificate was revoked: its owner has to replace it";
    return "no authority that is trusted here vouches for it: where a proxy of yours opens TLS, name its authority in "
           "connection.ca_file or in the variable SSL_CERT_FILE, else install the system's authorities "
           "(ca-certificates)";
}

std::string_view remedy_of_tls(const Failure& failure) {
    switch (failure.code) {
    case CURLE_PEER_FAILED_VERIFICATION: return remedy_of_certificate(failure);
    case CURLE_SSL_CACERT_BADFILE:
        return "check that connection.ca_file, or the file that CURL_CA_BUNDLE or SSL_CERT_FILE names, holds "
               "certificates "
               "in PEM form";
    case CURLE_SSL_CERTPROBLEM:
        return "check that connection.client_certificate and client_key belong together, and client_key_password";
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        return "the server has another key than connection.pinned_public_key: if the change is meant, pin the new one";
    default: break;
    }
    if (is_refused_by_alert(failure)) {
        return "the server asks for a client certificate that it trusts: give one in connection.client_certificate and "
               "client_key";
    }
    // With TLS 1.2 a server that misses a certificate says no more than this.
    if (has_any(failure.message, {"alert handshake failure", "handshake_failure"})) {
        return "the server accepts nothing that this machine offers: if it asks for a client certificate, give one in "
               "connection.client_certificate and client_key; else check base_url and its versions and ciphers of TLS";
    }
    if (has_any(failure.message, {"wrong version number", "packet length too long", "http request"})) {
        return "what listens there speaks no TLS: check the port of base_url";
    }
    return "the server must offer TLS 1.2 or newer: check base_url, and what stands between this machine and the "
           "server";
}

constexpr std::string_view proxy_remedy =
    "check connection.proxy, or the variables https_proxy, all_proxy and no_proxy";

/// A proxy that is asked to authenticate, or does not let this connection through, answers; one that is overloaded or
/// cannot reach the server may do so later.
bool is_refused_by_proxy(const Failure& failure) {
    if (failure.was_sent) return false;
    switch (failure.proxy_error) {
    case CURLPX_NO_AUTH:
    case CURLPX_USER_REJECTED:
    case CURLPX_REPLY_NOT_ALLOWED: return true;
    default: break;
    }
    const bool is_refusal = failure.proxy_status >= 300 && failure.proxy_status < 500;
    return is_refusal && failure.proxy_status != 408 && failure.proxy_status != 429;
}

bool has_proxy_failed(const Failure& failure) {
    if (failure.was_sent) return false;
    switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_PROXY: return true;
    case CURLE_COULDNT_CONNECT: return failure.asks_a_proxy;
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING: // it may be the wrong one as long as it has not said that it reached the server
        return failure.proxy_status >= 300 || (failure.asks_a_proxy && failure.proxy_status == 0);
    default: return failure.proxy_status >= 300 || failure.code == CURLE_PROXY;
    }
}

std::string refusal_of_proxy(const Failure& failure) {
    constexpr long wants_login = 407;
    std::string text = "the proxy refused to pass the call on";
    if (failure.proxy_status != 0) text.append(" (HTTP ").append(std::to_string(failure.proxy_status)).append(")");
    const bool is_login = failure.proxy_status == wants_login || failure.proxy_status == 0;
    return text.append(is_login
                           ? ": give it a user and a password, as in http://user:password@host:port, in "
                             "connection.proxy or the variable https_proxy"
                           : ": have it allow the host of base_url, "
                             "or, where the environment names the proxy, except that host by the variable no_proxy");
}

/// libcurl before 8.6 says of a header line that is too long for it that memory ran out, and of a proxy's head that receiving
/// failed.
bool is_head_too_large(const Failure& failure) {
    return failure.code == too_large || (failure.code == CURLE_OUT_OF_MEMORY && failure.has_head_begun) ||
           (failure.code == CURLE_RECV_ERROR && failure.message.starts_with("Too large response headers"));
}

TransportError with_remedy(ErrorKind kind, const Failure& failure, std::string_view remedy) {
    return {.kind = kind, .message = failure.message + "; " + std::string(remedy), .request_sent = failure.was_sent};
}

} // namespace

TransportError explain(const Failure& failure) {
    if (is_refused_by_proxy(failure)) {
        return {.kind = ErrorKind::proxy, .message = refusal_of_proxy(failure), .request_sent = false};
    }
    if (failure.code == CURLE_OPERATION_TIMEDOUT) {
        if (has_proxy_failed(failure)) return with_remedy(ErrorKind::timeout, failure, proxy_remedy);
        return {.kind = ErrorKind::timeout, .message = failure.message, .request_sent = failure.was_sent};
    }
    if (is_tls_refusal(failure)) {
        TransportError error = with_remedy(ErrorKind::tls, failure, remedy_of_tls(failure));
        if (is_refused_by_alert(failure))
            error.request_sent = false; // the server ended the handshake, and read no request
        return error;
    }
    if (is_head_too_large(failure)) {
        return {.kind = ErrorKind::response_too_large,
                .message = "the head of the answer is larger than libcurl takes",
                .request_sent = failure.was_sent};
    }
    if (failure.code == CURLE_OUT_OF_MEMORY) {
        return {.kind = ErrorKind::internal, .message = "libcurl ran out of memory", .request_sent = failure.was_sent};
    }
    if (has_proxy_failed(failure)) return with_remedy(ErrorKind::network, failure, proxy_remedy);
    return {.kind = ErrorKind::network, .message = failure.message, .request_sent = failure.was_sent};
}

} // namespace fathom::detail::curl
