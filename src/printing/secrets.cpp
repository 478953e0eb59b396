#include "secrets.hpp"

#include <algorithm>
#include <array>

#include "../text/ascii.hpp"

namespace fathom::detail {

namespace {

constexpr std::array<std::string_view, 7> secret_names{
    "api_key",    "share_password",     "password", "authorization", "proxy-authorization",
    "set-cookie", "client_key_password"};

} // namespace

bool is_secret(std::string_view name) {
    return std::ranges::any_of(secret_names,
                               [name](std::string_view secret) { return equal_ignoring_case(name, secret); });
}

std::string without_credentials(std::string_view text) {
    const std::size_t scheme = text.find("://");
    const std::size_t start = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t end = std::min(text.find_first_of("/?#", start), text.size());
    const std::size_t at = text.substr(0, end).rfind('@');
    if (at == std::string_view::npos || at < start) return std::string(text);
    return std::string(text.substr(0, start)).append(hidden).append(text.substr(at));
}

} // namespace fathom::detail
