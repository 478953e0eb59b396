/// @file
/// Where versions of libcurl differ, and its one-time setup.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

#include <fathom/error.hpp>

namespace fathom::detail::curl {

/// Sets libcurl up, once per process; safe from any thread. Its global cleanup is never called: the host program may use
/// libcurl too.
[[nodiscard]] std::optional<Error> set_up_library();

/// The code of answers that libcurl finds too large, since 8.6.
inline constexpr auto too_large = static_cast<CURLcode>(100);

/// Where certificate authorities are found; empty for nowhere.
struct Authorities {
    std::string file{};   ///< All in one; parsed as a whole before the first handshake.
    std::string folder{}; ///< One file each, named by a hash; only those are read that a certificate names.

    [[nodiscard]] bool empty() const noexcept { return file.empty() && folder.empty(); }
    /// Member-wise equality.
    friend bool operator==(const Authorities&, const Authorities&) = default;
};

/// Those that the environment names, in the variables that curl's own program obeys: CURL_CA_BUNDLE, or else SSL_CERT_FILE
/// and SSL_CERT_DIR.
[[nodiscard]] Authorities environment_authorities();
/// The system's file of authorities; its folder where it has no file.
[[nodiscard]] Authorities system_file();
/// The system's folder of them, where libcurl's TLS library reads from it no more than is needed; else its file.
[[nodiscard]] Authorities system_folder();
/// Has no others trusted.
void trust(CURL* easy, const Authorities& authorities);

/// A variable of the environment.
struct Variable {
    std::string name{}; ///< Empty where there is none.
    std::string value{};
};

/// The variable that names a proxy for https, if one does. libcurl asks them anew for each transfer, unless it is told that
/// there is none.
[[nodiscard]] Variable environment_proxy();
/// The hosts that the environment excepts from the proxy.
[[nodiscard]] std::string environment_no_proxy();

/// Allows https and http and nothing else.
void restrict_protocols(CURL* easy);

/// Lets a transfer be given up while its name is being resolved, without waiting for the resolver.
void allow_quick_exit(CURL* easy);

} // namespace fathom::detail::curl
