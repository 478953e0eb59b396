#include "base_url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace fathom::detail::curl {

namespace {

using UrlHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(const UrlHandle& url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, decltype(&curl_free)> owned(text, &curl_free);
    return owned.get();
}

bool is_ipv4_loopback(std::string_view host) {
    const bool is_dotted_number = std::ranges::all_of(host, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    return is_dotted_number && host.starts_with("127.") && std::ranges::count(host, '.') == 3;
}

bool is_loopback(std::string_view host) { return host == "localhost" || host == "[::1]" || is_ipv4_loopback(host); }

Error refused(std::string message) { return invalid_argument("base_url", std::move(message)); }

} // namespace

Result<std::string> checked_base_url(const std::string& base_url) {
    const UrlHandle url(curl_url(), &curl_url_cleanup);
    if (curl_url_set(url.get(), CURLUPART_URL, base_url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
        return refused("is not a URL; write one such as https://api.usefathom.com/v1");
    }
    const std::string scheme = part(url, CURLUPART_SCHEME);
    const std::string host = part(url, CURLUPART_HOST);
    if (scheme == "http" && !is_loopback(host)) {
        return refused("http is for this machine only (localhost, 127.0.0.0/8, [::1]); use https, so that the API key "
                       "stays secret");
    }
    if (scheme != "http" && scheme != "https") return refused("must be an https URL");
    const bool has_user = !part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty();
    if (has_user) return refused("must not hold a user or a password");
    if (base_url.find_first_of("?#") != std::string::npos) return refused("must end with its path");

    std::string clean = part(url, CURLUPART_URL);
    while (clean.ends_with('/')) clean.pop_back();
    return clean;
}

} // namespace fathom::detail::curl
