#include "base_url.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "../text/plain_text.hpp"
#include "url_parts.hpp"

namespace fathom::detail::curl {

namespace {

bool is_octet(std::string_view text) {
    constexpr int largest = 255;
    int value = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = code == std::errc{} && end == text.data() + text.size() && !text.starts_with('-');
    return is_number && value <= largest;
}

/// 127.0.0.0/8, in the four numbers that libcurl makes of every form.
bool is_ipv4_loopback(std::string_view host) {
    constexpr int octets = 4;
    if (std::ranges::count(host, '.') != octets - 1 || !host.starts_with("127.")) return false;
    for (int place = 0; place < octets; ++place) {
        if (!is_octet(take_until(host, '.'))) return false;
    }
    return true;
}

/// ::1, however many of its zeros are written; libcurl has checked that it is an address.
bool is_ipv6_loopback(std::string_view host) {
    if (!host.starts_with('[') || !host.ends_with(']')) return false;
    const std::string_view address = host.substr(1, host.size() - 2);
    const bool is_bare = address.find_first_not_of("0:1") == std::string_view::npos;
    return is_bare && address.ends_with('1') && std::ranges::count(address, '1') == 1;
}

bool is_loopback(std::string_view host) {
    constexpr std::string_view name = "localhost";
    const auto same_letter = [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b); };
    return std::ranges::equal(name, host, same_letter) || is_ipv6_loopback(host) || is_ipv4_loopback(host);
}

/// Where the host stands; libcurl finds one also behind "https:" with one slash or with three.
std::optional<std::string_view> authority_of(std::string_view base_url) {
    const std::size_t slashes = base_url.find("://");
    if (slashes == std::string_view::npos) return std::nullopt;
    const std::string_view rest = base_url.substr(slashes + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#\\"));
    if (authority.empty()) return std::nullopt;
    return authority;
}

Error refused(std::string message) { return invalid_argument("base_url", std::move(message)); }

} // namespace

Result<std::string> checked_base_url(const std::string& base_url) {
    const std::optional<std::string_view> authority = authority_of(base_url);
    const std::optional<UrlParts> url = UrlParts::of(base_url, CURLU_NON_SUPPORT_SCHEME);
    if (!authority || !url) return refused("is not a URL with a host; write one such as https://api.usefathom.com/v1");
    const std::string scheme = url->get(CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https") return refused("must be an https URL");
    if (base_url.find('\\') != std::string::npos) return refused("must not hold a backslash"); // read in two ways
    if (authority->find('@') != std::string_view::npos) return refused("must not hold a user or a password");
    if (scheme == "http" && !is_loopback(url->get(CURLUPART_HOST))) {
        return refused("http is for this machine only (localhost, 127.0.0.0/8, [::1]); use https, so that the API key "
                       "stays secret");
    }
    if (url->get(CURLUPART_PORT) == "0") return refused("must have a port from 1 to 65535, or none");
    if (base_url.find_first_of("?#") != std::string::npos) return refused("must end with its path");

    std::string clean = url->get(CURLUPART_URL);
    while (clean.ends_with('/')) clean.pop_back();
    return clean;
}

} // namespace fathom::detail::curl
