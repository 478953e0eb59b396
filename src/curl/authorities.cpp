#include "authorities.hpp"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "library.hpp"

namespace fathom::detail::curl {

namespace {

std::string text_or_empty(const char* text) { return text != nullptr ? text : ""; }

Authorities built_in_authorities() {
    const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
    return {.file = text_or_empty(info->cainfo), .folder = text_or_empty(info->capath)};
}

std::string tls_library() { return text_or_empty(curl_version_info(CURLVERSION_NOW)->ssl_version); }

bool reads_files() {
    const std::string library = tls_library();
    return !library.starts_with("Schannel") && !library.starts_with("SecureTransport");
}

/// A folder prepared for OpenSSL has each authority under the hash of its name. To list hundreds of them costs more than
/// to look one of them up, so that one is asked for which every system trusts.
bool is_hashed(const std::string& folder) {
    constexpr std::string_view isrg_root_x1 = "/4042bcee.0";
    std::error_code failure;
    return std::filesystem::exists(folder + std::string(isrg_root_x1), failure);
}

} // namespace

Authorities environment_authorities() {
    std::string bundle = environment_variable("CURL_CA_BUNDLE");
    if (!bundle.empty()) return {.file = std::move(bundle)};
    return {.file = environment_variable("SSL_CERT_FILE"), .folder = environment_variable("SSL_CERT_DIR")};
}

Authorities present(const Authorities& built_in, const std::function<bool(const std::string&)>& exists) {
    if (!built_in.file.empty() && exists(built_in.file)) return {.file = built_in.file};
    if (!built_in.folder.empty() && exists(built_in.folder)) return {.folder = built_in.folder};
    for (const char* const known : {
             "/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Arch, Alpine
             "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
             "/etc/pki/tls/certs/ca-bundle.crt",                  // older ones of these
             "/etc/ssl/ca-bundle.pem",                            // openSUSE
             "/etc/ssl/cert.pem",                                 // macOS, BSD
         }) {
        if (exists(known)) return {.file = known};
    }
    return built_in;
}

Authorities system_file() {
    Authorities built_in = built_in_authorities();
    // Windows and macOS have stores of their own, which a file would replace.
    if (!reads_files()) return built_in;
    return present(built_in, [](const std::string& path) {
        std::error_code failure;
        return std::filesystem::exists(path, failure);
    });
}

Authorities system_folder() {
    // Other TLS libraries read all that a folder holds.
    const std::string folder = built_in_authorities().folder;
    if (!tls_library().starts_with("OpenSSL/") || folder.empty() || !is_hashed(folder)) return system_file();
    return {.folder = folder};
}

void trust(CURL* easy, const Authorities& authorities) {
    // libcurl keeps a parsed file between connections only where there is no folder to look into.
    curl_easy_setopt(easy, CURLOPT_CAINFO, authorities.file.empty() ? nullptr : authorities.file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, authorities.folder.empty() ? nullptr : authorities.folder.c_str());
}

} // namespace fathom::detail::curl
