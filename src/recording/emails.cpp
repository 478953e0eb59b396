#include "emails.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "../text/ascii.hpp"

namespace fathom::detail::recording {

namespace {

constexpr std::array<std::string_view, 7> at_signs{"@", "%40", "%2540", "&#64;", "&#064;", "&#x40;", "&commat;"};

constexpr bool is_letter(char c) noexcept { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
constexpr bool is_beyond_ascii(char c) noexcept { return static_cast<unsigned char>(c) >= 0x80; }
constexpr bool is_domain_character(char c) noexcept {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || is_beyond_ascii(c);
}
/// What may stand before the sign without quotation marks, but for what ends a word in URLs and texts.
constexpr bool is_local_character(char c) noexcept {
    return is_domain_character(c) || std::string_view("!#$%'*+^_`{|}~").find(c) != std::string_view::npos;
}

std::size_t length_of_at_sign(std::string_view text) noexcept {
    constexpr std::string_view beginnings = "@%&"; // most characters are none of them
    if (text.empty() || beginnings.find(text.front()) == std::string_view::npos) return 0;
    for (const std::string_view sign : at_signs) {
        if (equal_ignoring_case(text.substr(0, sign.size()), sign)) return sign.size();
    }
    return 0;
}

/// How much of the end of `before` is the part before the sign.
std::size_t length_of_local_part(std::string_view before) noexcept {
    if (before.ends_with('"')) { // "a b"@example.org
        const std::size_t open = before.substr(0, before.size() - 1).rfind('"');
        return open == std::string_view::npos ? 0 : before.size() - open;
    }
    std::size_t length = 0;
    while (length < before.size() && is_local_character(before[before.size() - 1 - length])) ++length;
    return length;
}

/// How much of the start of `behind` is an address in brackets, as in joe@[192.168.0.1].
std::size_t length_of_bracketed(std::string_view behind) noexcept {
    constexpr std::size_t longest = 60; // of IPv6, and so that each sign is looked at no more often
    if (!behind.starts_with('[')) return 0;
    const std::size_t end = behind.substr(0, longest).find(']');
    const bool is_address = end != std::string_view::npos && std::ranges::all_of(behind.substr(1, end - 1), [](char c) {
                                return is_domain_character(c) || c == ':';
                            });
    return is_address && end > 1 ? end + 1 : 0;
}

/// Whether these are four numbers, as of IPv4; three may be a version: pkg@1.2.3.
bool are_four_numbers(std::string_view domain) noexcept {
    const auto is_digit_or_dot = [](char c) { return c == '.' || (c >= '0' && c <= '9'); };
    return std::ranges::all_of(domain, is_digit_or_dot) && std::ranges::count(domain, '.') == 3 &&
           domain.find("..") == std::string_view::npos;
}

/// How much of the start of `behind` is a domain: an address, or labels with dots between, the last of which no number ends.
std::size_t length_of_domain(std::string_view behind) noexcept {
    if (const std::size_t bracketed = length_of_bracketed(behind)) return bracketed;
    std::string_view domain = behind.substr(
        0, static_cast<std::size_t>(std::ranges::find_if_not(behind, is_domain_character) - behind.begin()));
    while (domain.ends_with('.') || domain.ends_with('-')) domain.remove_suffix(1); // of the sentence
    if (are_four_numbers(domain)) return domain.size();
    const std::size_t dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return 0;
    const bool is_name = is_letter(domain.back()) || is_beyond_ascii(domain.back());
    return is_name ? domain.size() : 0;
}

} // namespace

std::string without_emails(std::string_view text) {
    std::string shown;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t sign = length_of_at_sign(text.substr(i));
        const std::size_t domain = sign > 0 ? length_of_domain(text.substr(i + sign)) : 0;
        const std::size_t local = domain > 0 ? length_of_local_part(shown) : 0;
        if (local == 0) {
            shown.push_back(text[i++]);
            continue;
        }
        shown.resize(shown.size() - local);
        shown.append("***");
        i += sign + domain;
    }
    return shown;
}

} // namespace fathom::detail::recording
