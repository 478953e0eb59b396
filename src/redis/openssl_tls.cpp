// TLS by hiredis_ssl and OpenSSL.
#include "tls.hpp"

#include <hiredis/hiredis.h>
#include <hiredis/hiredis_ssl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <string_view>
#include <utility>

namespace fathom::redis::detail {

namespace {

struct FreeContext {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

struct FreeSession {
    void operator()(SSL* session) const noexcept { SSL_free(session); }
};
using Session = std::unique_ptr<SSL, FreeSession>;

/// What OpenSSL says of its last failure.
std::string reason() {
    const char* const text = ERR_reason_error_string(ERR_peek_last_error());
    return text != nullptr ? text : "no reason given";
}

Error unusable(const std::string& field, const std::string& what) {
    return {.kind = ErrorKind::invalid_argument,
            .message = "RedisOptions::tls: " + field + ": " + what,
            .fields = {{.field = "tls." + field, .message = what}}};
}

/// hiredis's own helpers know who signed the certificate, but not whose it is, so they are not used.
class OpensslTls final : public Tls {
public:
    OpensslTls(Context context, std::string name) : context_(std::move(context)), name_(std::move(name)) {}

    [[nodiscard]] std::optional<std::string> start(redisContext& connection) const override {
        Session session(SSL_new(context_.get()));
        if (!session || !expect_name(session.get())) return "out of memory";
        if (redisInitiateSSL(&connection, session.get()) == REDIS_OK) {
            [[maybe_unused]] const SSL* const of_the_connection = session.release();
            return std::nullopt;
        }
        const long verdict = SSL_get_verify_result(session.get());
        if (verdict == X509_V_OK) return std::string(static_cast<const char*>(connection.errstr));
        return "its certificate is refused: " + std::string(X509_verify_cert_error_string(verdict));
    }

private:
    bool expect_name(SSL* session) const {
        if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), name_.c_str()) == 1) return true;
        std::string name = name_;
        return SSL_set1_host(session, name.c_str()) == 1 &&
               SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
    }

    Context context_;
    std::string name_;
};

} // namespace

Result<std::unique_ptr<Tls>> make_tls(const RedisTls& options, const std::string& host) {
    Context context(SSL_CTX_new(TLS_client_method()));
    if (!context) return unusable("ca_file", "OpenSSL cannot be used: " + reason());
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (options.ca_file.empty()) {
        SSL_CTX_set_default_verify_paths(context.get());
    } else if (SSL_CTX_load_verify_locations(context.get(), options.ca_file.c_str(), nullptr) != 1) {
        return unusable("ca_file", options.ca_file + " is no readable PEM file of authorities: " + reason());
    }
    if (!options.client_certificate.empty()) {
        const std::string& key = options.client_key.empty() ? options.client_certificate : options.client_key;
        if (SSL_CTX_use_certificate_chain_file(context.get(), options.client_certificate.c_str()) != 1) {
            return unusable("client_certificate",
                            options.client_certificate + " is no readable PEM file of a certificate: " + reason());
        }
        if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
            return unusable("client_key", key + " is no readable PEM file of the certificate's key: " + reason());
        }
    } else if (!options.client_key.empty()) {
        return unusable("client_certificate", "name it beside client_key, or leave both empty");
    }
    return std::unique_ptr<Tls>(
        std::make_unique<OpensslTls>(std::move(context), options.server_name.empty() ? host : options.server_name));
}

} // namespace fathom::redis::detail
