#include "no_proxy.hpp"

#include <algorithm>
#include <cstddef>

#include "../text/ascii.hpp"

namespace fathom::detail::curl {

namespace {

bool is_within(std::string_view host, std::string_view domain) {
    while (domain.starts_with('.')) domain.remove_prefix(1);
    if (domain.empty() || domain.size() > host.size()) return false;
    const std::string_view end = host.substr(host.size() - domain.size());
    const bool is_whole = end.size() == host.size() || host[host.size() - end.size() - 1] == '.';
    return is_whole && equal_ignoring_case(end, domain);
}

} // namespace

bool is_excepted(std::string_view host, std::string_view no_proxy) {
    constexpr std::string_view separators = ", \t";
    while (!no_proxy.empty()) {
        const std::size_t begin = std::min(no_proxy.find_first_not_of(separators), no_proxy.size());
        no_proxy.remove_prefix(begin);
        const std::string_view entry = no_proxy.substr(0, no_proxy.find_first_of(separators));
        if (entry == "*" || is_within(host, entry)) return true;
        no_proxy.remove_prefix(entry.size());
    }
    return false;
}

} // namespace fathom::detail::curl
