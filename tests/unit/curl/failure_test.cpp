#include "curl/failure.hpp"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace fathom::detail::curl {
namespace {

ErrorKind kind_of(Failure failure) { return explain(failure).kind; }

TEST(Failures, TellABrokenHandshakeFromARefusedOneInTheWordsOfEveryTlsLibrary) {
    for (const char* const text : {"OpenSSL SSL_connect: Connection reset by peer in connection to host:443",
                                   "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to host:443",
                                   "TLS connect error: error:0A000126:SSL routines::unexpected eof while reading",
                                   "gnutls_handshake() failed: The TLS connection was non-properly terminated.",
                                   "gnutls_handshake() failed: Error in the pull function.",
                                   "schannel: failed to receive handshake, SSL/TLS connection failed"}) {
        EXPECT_EQ(kind_of({.code = CURLE_SSL_CONNECT_ERROR, .message = text}), ErrorKind::network) << text;
    }
    for (const char* const text : {"error:0A000410:SSL routines::sslv3 alert handshake failure",
                                   "error:0A00010B:SSL routines::wrong version number",
                                   "error:0A00042E:SSL routines::tlsv1 alert protocol version",
                                   "gnutls_handshake() failed: A TLS fatal alert has been received."}) {
        EXPECT_EQ(kind_of({.code = CURLE_SSL_CONNECT_ERROR, .message = text}), ErrorKind::tls) << text;
    }
}

TEST(Failures, HaveARemedyInEachRefusalOfTlsAndProxy) {
    const std::map<CURLcode, std::string> parts{
        {CURLE_SSL_CONNECT_ERROR, "check base_url"},
        {CURLE_PEER_FAILED_VERIFICATION, "ca-certificates"},
        {CURLE_SSL_CERTPROBLEM, "check that connection.client_certificate"},
        {CURLE_SSL_CIPHER, "check base_url"},
        {CURLE_SSL_CACERT_BADFILE, "check that connection.ca_file"},
        {CURLE_SSL_PINNEDPUBKEYNOTMATCH, "pin the new one"},
    };
    for (const auto& [code, part] : parts) {
        const TransportError error = explain({.code = code, .message = "said libcurl"});
        EXPECT_EQ(error.kind, ErrorKind::tls);
        EXPECT_TRUE(error.message.starts_with("said libcurl; ")) << error.message;
        EXPECT_NE(error.message.find(part), std::string::npos) << error.message;
    }
    const TransportError unresolved = explain({.code = CURLE_COULDNT_RESOLVE_PROXY, .message = "no such host"});
    EXPECT_EQ(unresolved.kind, ErrorKind::network);
    EXPECT_NE(unresolved.message.find("connection.proxy"), std::string::npos);
}

TEST(Failures, OfAHandshakeWithoutAReasonNameTheClientCertificateThatMayBeMissing) {
    const TransportError error = explain(
        {.code = CURLE_SSL_CONNECT_ERROR, .message = "error:0A000410:SSL routines::sslv3 alert handshake failure"});
    EXPECT_NE(error.message.find("connection.client_certificate"), std::string::npos) << error.message;
}

TEST(Failures, OfAProxyAreRefusalsOnlyWhereTheyLast) {
    for (const long status : {400L, 401L, 403L, 404L, 407L, 302L}) {
        EXPECT_EQ(kind_of({.code = CURLE_RECV_ERROR, .proxy_status = status}), ErrorKind::proxy) << status;
    }
    for (const long status : {408L, 429L, 500L, 502L, 503L, 504L}) {
        EXPECT_EQ(kind_of({.code = CURLE_RECV_ERROR, .proxy_status = status}), ErrorKind::network) << status;
    }
    EXPECT_EQ(kind_of({.code = CURLE_RECV_ERROR, .proxy_status = 407, .was_sent = true}), ErrorKind::network);
    EXPECT_EQ(kind_of({.code = CURLE_PROXY, .proxy_error = CURLPX_USER_REJECTED}), ErrorKind::proxy);
    EXPECT_EQ(kind_of({.code = CURLE_PROXY, .proxy_error = CURLPX_RECV_CONNECT}), ErrorKind::network);
}

bool names_the_proxy(const Failure& failure) {
    return explain(failure).message.find("connection.proxy") != std::string::npos;
}

TEST(Failures, NameAProxyThatHasNotAnswered) {
    for (const CURLcode code : {CURLE_OPERATION_TIMEDOUT, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_COULDNT_CONNECT}) {
        EXPECT_TRUE(names_the_proxy({.code = code, .asks_a_proxy = true})) << code;
        EXPECT_FALSE(names_the_proxy({.code = code})) << code << ": without a proxy";
        EXPECT_FALSE(names_the_proxy({.code = code, .asks_a_proxy = true, .was_sent = true})) << code;
    }
    EXPECT_FALSE(names_the_proxy({.code = CURLE_RECV_ERROR, .proxy_status = 200, .asks_a_proxy = true}))
        << "it let the call pass";
    EXPECT_EQ(kind_of({.code = CURLE_OPERATION_TIMEDOUT, .asks_a_proxy = true}), ErrorKind::timeout);
}

TEST(Failures, OfMemoryAreOfTheHeadWhereOneHasBegun) {
    EXPECT_EQ(kind_of({.code = CURLE_OUT_OF_MEMORY, .has_head_begun = true}), ErrorKind::response_too_large);
    EXPECT_EQ(kind_of({.code = CURLE_OUT_OF_MEMORY}), ErrorKind::internal);
}

} // namespace
} // namespace fathom::detail::curl
