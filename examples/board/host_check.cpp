#include "host_check.hpp"

#include <algorithm>

namespace {

bool is_same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// No name ends with a number.
bool is_ipv4_address(std::string_view name) {
    return !name.empty() && name.find_first_not_of("0123456789.") == std::string_view::npos;
}

} // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
    if (host.starts_with('[')) return true; // an IPv6 address
    const std::string_view name = host.substr(0, host.find(':'));
    return is_ipv4_address(name) || is_same_name(name, "localhost") ||
           std::ranges::any_of(names, [&](const std::string& own) { return is_same_name(name, own); });
}
