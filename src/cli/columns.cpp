#include "columns.hpp"

#include <algorithm>

namespace fathom::cli {

namespace {

bool begins_character(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; }

} // namespace

std::size_t width_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::string cut(std::string_view text, std::size_t width) {
    if (width_of(text) <= width) return std::string(text);
    std::size_t characters = 0;
    std::size_t end = 0;
    while (end < text.size() && (characters < width || !begins_character(text[end]))) {
        if (begins_character(text[end])) {
            if (characters + 1 == width) break;
            ++characters;
        }
        ++end;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string in_one_line(std::string text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    std::ranges::replace_if(text, is_control, ' ');
    constexpr std::string_view second_set = "\xc2"; // U+0080 to U+009F are controls, too
    for (std::size_t at = text.find(second_set); at != std::string::npos; at = text.find(second_set, at + 1)) {
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0) text.replace(at, 2, "  ");
    }
    return text;
}

std::string aligned(const std::string& text, std::size_t width, Alignment alignment) {
    const std::string padding(width - std::min(width, width_of(text)), ' ');
    return alignment == Alignment::right ? padding + text : text + padding;
}

} // namespace fathom::cli
