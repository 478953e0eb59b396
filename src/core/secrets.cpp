#include "secrets.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "../text/ascii.hpp"

namespace fathom::detail {

namespace {

constexpr std::size_t shortest_secret = 4;
constexpr std::size_t shortest_part = 8;
constexpr std::string_view cover = "***";

constexpr int digit_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    const char letter = ascii_lower(c);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// A character as it may be written in a URL: itself, or `%2F`.
struct Written {
    char character = '\0';
    std::size_t length = 0; ///< How much of the text it takes; 0 at the end.
};

Written first_of(std::string_view text) noexcept {
    if (text.empty()) return {};
    const bool is_encoded =
        text.size() >= 3 && text[0] == '%' && digit_value(text[1]) >= 0 && digit_value(text[2]) >= 0;
    if (!is_encoded) return {text[0], 1};
    return {static_cast<char>(digit_value(text[1]) * 16 + digit_value(text[2])), 3};
}

/// How much of the text's start is the start of `part`: characters of the part, and the text that they take.
struct Match {
    std::size_t characters = 0;
    std::size_t length = 0;
};

Match match_at_start(std::string_view text, std::string_view part) noexcept {
    Match match;
    while (match.characters < part.size()) {
        const Written next = first_of(text.substr(match.length));
        if (next.length == 0 || ascii_lower(next.character) != ascii_lower(part[match.characters])) break;
        ++match.characters;
        match.length += next.length;
    }
    return match;
}

/// How much of the text's start is a secret, or a part of it that gives something away.
std::size_t length_of_secret(std::string_view text, std::string_view secret) noexcept {
    const std::size_t shortest = std::min(shortest_part, secret.size());
    std::size_t longest = 0;
    for (std::size_t from = 0; from + shortest <= secret.size(); ++from) {
        const Match match = match_at_start(text, secret.substr(from));
        if (match.characters >= shortest) longest = std::max(longest, match.length);
    }
    return longest;
}

} // namespace

void Secrets::add(std::string secret) {
    if (secret.size() < shortest_secret || std::ranges::find(secrets_, secret) != secrets_.end()) return;
    secrets_.push_back(std::move(secret));
}

std::string Secrets::hidden_in(std::string_view text) const {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        std::size_t hidden = 0;
        for (const std::string& secret : secrets_) hidden = std::max(hidden, length_of_secret(text, secret));
        if (hidden == 0) {
            shown.push_back(text.front());
        } else if (!shown.ends_with(cover)) {
            shown.append(cover);
        }
        text.remove_prefix(std::max<std::size_t>(hidden, 1));
    }
    return shown;
}

void Secrets::hide_in(Error& error) const {
    error.message = hidden_in(error.message);
    for (FieldError& field : error.fields) {
        field.field = hidden_in(field.field);
        field.message = hidden_in(field.message);
    }
}

std::string password_in(std::string_view proxy_url) {
    const std::size_t scheme = proxy_url.find("://");
    if (scheme != std::string_view::npos) proxy_url.remove_prefix(scheme + 3);
    proxy_url = proxy_url.substr(0, proxy_url.find('/'));
    const std::size_t at = proxy_url.rfind('@');
    if (at == std::string_view::npos) return {};
    const std::size_t colon = proxy_url.find(':');
    if (colon == std::string_view::npos || colon > at) return {};
    std::string_view written = proxy_url.substr(colon + 1, at - colon - 1);
    std::string password;
    while (!written.empty()) {
        const Written next = first_of(written);
        password.push_back(next.character);
        written.remove_prefix(next.length);
    }
    return password;
}

} // namespace fathom::detail
