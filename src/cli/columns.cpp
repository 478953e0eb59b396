#include "columns.hpp"

#include <algorithm>
#include <bit>

#include "cells.hpp"

namespace fathom::cli {

namespace {

bool begins_character(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; }

/// A byte where they are not UTF-8.
std::string_view first_character(std::string_view text) noexcept {
    const auto promised = static_cast<std::size_t>(std::countl_one(static_cast<unsigned char>(text.front())));
    std::size_t length = 1;
    while (length < std::min(promised, text.size()) && !begins_character(text[length])) ++length;
    return text.substr(0, length);
}

/// Lenient, as a terminal may be: longer forms of a control are the control.
char32_t code_point_of(std::string_view character) noexcept {
    const auto first = static_cast<unsigned char>(character.front());
    if (first < 0x80) return first;
    char32_t value = first & (0x7fU >> std::countl_one(first));
    for (const char byte : character.substr(1)) value = value << 6 | (static_cast<unsigned char>(byte) & 0x3fU);
    return value;
}

/// What the library blanks out in the texts of errors, too: controls of ASCII and Latin-1, which a terminal obeys, the
/// separators of lines and paragraphs, and the marks that turn the direction of what follows.
bool steers(char32_t value) noexcept {
    const auto is_within = [value](char32_t from, char32_t to) { return value >= from && value <= to; };
    return value < 0x20 || is_within(0x7f, 0x9f) || value == 0x61c || is_within(0x200e, 0x200f) ||
           is_within(0x2028, 0x202e) || is_within(0x2066, 0x2069);
}

} // namespace

std::size_t width_of(std::string_view text) noexcept {
    std::size_t width = 0;
    while (!text.empty()) {
        const std::string_view character = first_character(text);
        width += cells_of(code_point_of(character));
        text.remove_prefix(character.size());
    }
    return width;
}

std::string cut(std::string_view text, std::size_t width) {
    if (width_of(text) <= width) return std::string(text);
    if (width == 0) return {};
    std::size_t end = 0;
    for (std::size_t taken = 0;;) {
        const std::string_view character = first_character(text.substr(end));
        taken += cells_of(code_point_of(character));
        if (taken >= width) break; // the last cell is the ellipsis's
        end += character.size();
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string in_one_line(std::string_view text) {
    std::string line;
    while (!text.empty()) {
        const std::string_view character = first_character(text);
        line += steers(code_point_of(character)) ? " " : character;
        text.remove_prefix(character.size());
    }
    return line;
}

std::string aligned(const std::string& text, std::size_t width, Alignment alignment) {
    const std::string padding(width - std::min(width, width_of(text)), ' ');
    return alignment == Alignment::right ? padding + text : text + padding;
}

} // namespace fathom::cli
