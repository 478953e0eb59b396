/// @file
/// Certificates made for a test.
#pragma once

#include <memory>
#include <string>

#include <openssl/ssl.h>

namespace fathom::faults {

/// A certificate and its private key, in PEM form.
struct Identity {
    std::string certificate{};
    std::string key{};

    /// "sha256//" and the hash of the public key, as ConnectionOptions::pinned_public_key takes it.
    [[nodiscard]] std::string pin() const;
};

/// The name under which OpenSSL looks for a certificate in a folder of authorities.
[[nodiscard]] std::string hashed_name(const Identity& identity);

/// What a certificate says.
struct Subject {
    std::string alternative_name = "IP:127.0.0.1"; ///< The host that it is for.
    long valid_from = -3600;                       ///< Seconds from now.
    long valid_until = 3600;
};

/// Makes a certificate that vouches for itself.
[[nodiscard]] Identity make_identity(const Subject& subject = {});

struct ContextDeleter {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, ContextDeleter>;

/// For a server with this certificate that speaks one protocol above TLS. @param protocol "h2" or "http/1.1", as far as the
/// client offers it; "" for either
[[nodiscard]] TlsContext server_context(const Identity& identity, const std::string& protocol);
/// Has a server demand a certificate of the client that is this one.
void demand_client(SSL_CTX* context, const Identity& client);

} // namespace fathom::faults
