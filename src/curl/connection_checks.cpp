#include "connection_checks.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "library.hpp"
#include "no_proxy.hpp"
#include "url_parts.hpp"

namespace fathom::detail::curl {

namespace {

constexpr std::array<std::string_view, 6> proxy_schemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

/// The value may hold a password, so no message shows it.
std::optional<Error> check_proxy(const std::string& name, const std::string& value) {
    constexpr unsigned lenient = CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME;
    const std::optional<UrlParts> url = UrlParts::of(value, lenient);
    if (!url || url->get(CURLUPART_HOST).empty()) {
        return invalid_argument(name, "is not the URL of a proxy; write one such as http://proxy.example.com:3128");
    }
    const bool has_scheme = value.find("://") != std::string::npos;
    if (has_scheme && std::ranges::find(proxy_schemes, url->get(CURLUPART_SCHEME)) == proxy_schemes.end()) {
        return invalid_argument(name,
                                "has a scheme that is no proxy's; use http, https, socks4, socks4a, socks5 or socks5h");
    }
    const bool is_https = has_scheme && url->get(CURLUPART_SCHEME) == "https";
    if (is_https && (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTPS_PROXY) == 0) {
        return invalid_argument(name, "is an https proxy, which this libcurl was built without; use one by http");
    }
    if (url->get(CURLUPART_PORT) == "0") return invalid_argument(name, "must have a port from 1 to 65535");
    // libcurl would go without the proxy, and say nothing.
    if (!url->is_decodable(CURLUPART_USER) || !url->is_decodable(CURLUPART_PASSWORD)) {
        return invalid_argument(name,
                                "has a user or password with control characters (%00 to %1F), which no proxy takes");
    }
    const std::string path = url->get(CURLUPART_PATH);
    if (path.size() > 1 || value.find_first_of("?#") != std::string::npos) {
        return invalid_argument(name, "must end with the proxy's host or port");
    }
    return std::nullopt;
}

std::optional<Error> check_proxies(const ConnectionOptions& options, const std::string& base_url) {
    if (!options.proxy.empty()) return check_proxy("connection.proxy", options.proxy);
    const Variable variable = environment_proxy();
    const std::optional<UrlParts> service = UrlParts::of(base_url, CURLU_NON_SUPPORT_SCHEME);
    const bool is_asked = !variable.name.empty() && service && service->get(CURLUPART_SCHEME) == "https" &&
                          !is_excepted(service->get(CURLUPART_HOST), environment_no_proxy());
    return is_asked ? check_proxy(variable.name, variable.value) : std::nullopt;
}

std::optional<std::string> content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (file.bad()) return std::nullopt;
    return content;
}

std::optional<Error> check_pem(const std::string& name, const std::string& text, std::string_view kind) {
    const std::size_t begin = text.find("-----BEGIN ");
    const std::size_t line_end = text.find('\n', begin);
    const bool holds_any = begin != std::string::npos && text.find(kind) != std::string::npos &&
                           text.find("-----END ", line_end) != std::string::npos;
    if (holds_any) return std::nullopt;
    return invalid_argument(name, "holds no " +
                                      std::string(kind == "CERTIFICATE-----" ? "certificate" : "private key") +
                                      " in PEM form (-----BEGIN …); convert it with openssl");
}

constexpr std::string_view certificate = "CERTIFICATE-----";
constexpr std::string_view private_key = "PRIVATE KEY-----";

std::optional<Error> check_pem_file(const std::string& name, const std::string& path, std::string_view kind) {
    std::error_code failure;
    const bool is_file = !std::filesystem::is_directory(path, failure);
    const std::optional<std::string> content = is_file ? content_of(path) : std::nullopt;
    if (!content) return invalid_argument(name, "is not a file that can be read; check its path and permissions");
    return check_pem(name, *content, kind);
}

std::optional<Error> check_authorities(const ConnectionOptions& options) {
    if (!options.ca_pem.empty() && !options.ca_file.empty()) {
        return invalid_argument("connection.ca_pem", "stands beside connection.ca_file; give one of them");
    }
    if (!options.ca_pem.empty()) return check_pem("connection.ca_pem", options.ca_pem, certificate);
    if (!options.ca_file.empty()) return check_pem_file("connection.ca_file", options.ca_file, certificate);
    return std::nullopt;
}

std::optional<Error> check_client_certificate(const ConnectionOptions& options) {
    if (options.client_certificate.empty()) {
        if (options.client_key.empty() && options.client_key_password.empty()) return std::nullopt;
        return invalid_argument(options.client_key.empty() ? "connection.client_key_password" : "connection.client_key",
                                "is of use with connection.client_certificate only; name that too");
    }
    const std::string& certificate_file = options.client_certificate;
    if (auto error = check_pem_file("connection.client_certificate", certificate_file, certificate)) return error;
    const bool is_one_file = options.client_key.empty();
    return check_pem_file("connection.client_key", is_one_file ? certificate_file : options.client_key, private_key);
}

/// "sha256//" and 32 bytes in base64.
bool is_pin(std::string_view text) {
    constexpr std::string_view start = "sha256//";
    constexpr std::size_t hash_size = 44;
    constexpr std::string_view base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (!text.starts_with(start) || text.size() != start.size() + hash_size || !text.ends_with('=')) return false;
    return text.substr(start.size(), hash_size - 1).find_first_not_of(base64) == std::string_view::npos;
}

std::optional<Error> check_pins(std::string_view pins) {
    while (!pins.empty()) {
        const std::size_t end = std::min(pins.find(';'), pins.size());
        const bool is_last = end == pins.size();
        if (!is_pin(pins.substr(0, end)) || end + 1 == pins.size()) {
            return invalid_argument("connection.pinned_public_key",
                                    "must be sha256// and the base64 of a SHA-256 hash, several with ; between");
        }
        pins.remove_prefix(is_last ? end : end + 1);
    }
    return std::nullopt;
}

/// libcurl takes texts that end with their first null.
std::optional<Error> check_texts(const ConnectionOptions& options) {
    const std::initializer_list<std::pair<const char*, const std::string*>> texts{
        {"connection.proxy", &options.proxy},
        {"connection.ca_file", &options.ca_file},
        {"connection.client_certificate", &options.client_certificate},
        {"connection.client_key", &options.client_key},
        {"connection.client_key_password", &options.client_key_password},
        {"connection.pinned_public_key", &options.pinned_public_key},
    };
    for (const auto& [name, text] : texts) {
        if (text->find('\0') != std::string::npos) return invalid_argument(name, "holds a null character; remove it");
    }
    return std::nullopt;
}

} // namespace

std::optional<Error> check(const ConnectionOptions& options, const std::string& base_url) {
    if (auto error = check_texts(options)) return error;
    if (auto error = check_proxies(options, base_url)) return error;
    if (auto error = check_authorities(options)) return error;
    if (auto error = check_client_certificate(options)) return error;
    return check_pins(options.pinned_public_key);
}

} // namespace fathom::detail::curl
