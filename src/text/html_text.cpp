#include "html_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

namespace fathom::detail {

namespace {

/// Those that titles have. A table of all 2,231 would be longer than the library needs to be.
constexpr std::array<std::pair<std::string_view, std::uint32_t>, 12> known_names{{{"amp", '&'},
                                                                                  {"lt", '<'},
                                                                                  {"gt", '>'},
                                                                                  {"quot", '"'},
                                                                                  {"apos", '\''},
                                                                                  {"nbsp", 0xA0},
                                                                                  {"middot", 0xB7},
                                                                                  {"ndash", 0x2013},
                                                                                  {"mdash", 0x2014},
                                                                                  {"rsquo", 0x2019},
                                                                                  {"bull", 0x2022},
                                                                                  {"hellip", 0x2026}}};

constexpr bool is_character(std::uint32_t code) noexcept {
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code != 0 && code <= 0x10FFFF && !is_surrogate;
}

/// @param name what stands between `&` and `;`
std::optional<std::uint32_t> referenced(std::string_view name) {
    if (!name.starts_with('#')) {
        for (const auto& [known, code] : known_names) {
            if (known == name) return code;
        }
        return std::nullopt;
    }
    name.remove_prefix(1);
    const bool is_hexadecimal = name.starts_with('x') || name.starts_with('X');
    if (is_hexadecimal) name.remove_prefix(1);
    std::uint32_t code = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, problem] = std::from_chars(name.data(), end, code, is_hexadecimal ? 16 : 10);
    const bool is_whole = problem == std::errc{} && rest == end;
    return is_whole && is_character(code) ? std::optional(code) : std::nullopt;
}

void append_utf8(std::string& text, std::uint32_t code) {
    const auto append = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    const auto continued = [&](int shift) { append(0x80U | (code >> shift & 0x3FU)); };
    if (code < 0x80) return append(code);
    if (code < 0x800) return append(0xC0U | code >> 6U), continued(0);
    if (code < 0x10000) return append(0xE0U | code >> 12U), continued(6), continued(0);
    append(0xF0U | code >> 18U), continued(12), continued(6), continued(0);
}

} // namespace

std::string without_references(std::string_view html) {
    std::string text;
    while (!html.empty()) {
        const std::size_t start = std::min(html.find('&'), html.size());
        text.append(html.substr(0, start));
        html.remove_prefix(start);
        const std::size_t end = html.find(';');
        const auto code = end == std::string_view::npos ? std::nullopt : referenced(html.substr(1, end - 1));
        if (code) append_utf8(text, *code);
        if (!code) text.append(html.substr(0, 1));
        html.remove_prefix(code ? end + 1 : std::min<std::size_t>(1, html.size()));
    }
    return text;
}

} // namespace fathom::detail
