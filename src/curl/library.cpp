#include "library.hpp"

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace fathom::detail::curl {

namespace {

std::string text_or_empty(const char* text) { return text != nullptr ? text : ""; }

std::string variable(const char* name) {
    return text_or_empty(std::getenv(name)); // NOLINT(concurrency-mt-unsafe): as libcurl itself does
}

/// A folder prepared for OpenSSL has each authority under the hash of its name. To list hundreds of them costs more than
/// to look one of them up, so that one is asked for which every system trusts.
bool is_hashed(const std::string& folder) {
    constexpr std::string_view isrg_root_x1 = "/4042bcee.0";
    std::error_code failure;
    return std::filesystem::exists(folder + std::string(isrg_root_x1), failure);
}

} // namespace

std::optional<Error> set_up_library() {
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code == CURLE_OK) return std::nullopt;
    return Error{.kind = ErrorKind::internal,
                 .message = std::string("libcurl cannot be set up: ") + curl_easy_strerror(code)};
}

Authorities environment_authorities() {
    std::string bundle = variable("CURL_CA_BUNDLE");
    if (!bundle.empty()) return {.file = std::move(bundle)};
    return {.file = variable("SSL_CERT_FILE"), .folder = variable("SSL_CERT_DIR")};
}

Authorities system_file() {
    const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
    std::string file = text_or_empty(info->cainfo);
    if (file.empty()) return {.folder = text_or_empty(info->capath)};
    return {.file = std::move(file)};
}

Authorities system_folder() {
    const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
    // Other TLS libraries read all that a folder holds.
    const bool is_openssl = text_or_empty(info->ssl_version).starts_with("OpenSSL/");
    const std::string folder = text_or_empty(info->capath);
    if (!is_openssl || folder.empty() || !is_hashed(folder)) return system_file();
    return {.folder = folder};
}

void trust(CURL* easy, const Authorities& authorities) {
    // libcurl keeps a parsed file between connections only where there is no folder to look into.
    curl_easy_setopt(easy, CURLOPT_CAINFO, authorities.file.empty() ? nullptr : authorities.file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, authorities.folder.empty() ? nullptr : authorities.folder.c_str());
}

Variable environment_proxy() {
    for (const char* const name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        std::string value = variable(name);
        if (!value.empty()) return {name, std::move(value)};
    }
    return {};
}

std::string environment_no_proxy() {
    for (const char* const name : {"no_proxy", "NO_PROXY"}) {
        if (std::string value = variable(name); !value.empty()) return value;
    }
    return {};
}

void restrict_protocols(CURL* easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
#else
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, CURLPROTO_HTTPS | CURLPROTO_HTTP);
#endif
}

void allow_quick_exit([[maybe_unused]] CURL* easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

} // namespace fathom::detail::curl
