/// @file
/// Whom the client trusts to vouch for servers.
#pragma once

#include <curl/curl.h>

#include <functional>
#include <string>

namespace fathom::detail::curl {

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
/// What libcurl was built to trust, or where there is no such file on this system, the file in which others keep theirs. A
/// libcurl that was built elsewhere, as package managers and static programs have it, would trust nobody.
/// @param exists whether there is a file, or a folder
[[nodiscard]] Authorities present(const Authorities& built_in, const std::function<bool(const std::string&)>& exists);
/// The system's file of authorities; its folder where it has no file.
[[nodiscard]] Authorities system_file();
/// The system's folder of them, where libcurl's TLS library reads from it no more than is needed; else its file.
[[nodiscard]] Authorities system_folder();
/// Has no others trusted.
void trust(CURL* easy, const Authorities& authorities);

} // namespace fathom::detail::curl
