#include "plain_text.hpp"

#include <algorithm>

namespace fathom::detail {

namespace {

constexpr unsigned char byte_at(std::string_view text, std::size_t index) noexcept {
    return static_cast<unsigned char>(text[index]);
}

constexpr bool is_continuation(unsigned char byte) noexcept { return (byte & 0xC0U) == 0x80U; }

/// What the second byte may be, by the first (Unicode's table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
constexpr bool may_follow(unsigned char first, unsigned char second) noexcept {
    if (first == 0xE0) return second >= 0xA0 && second <= 0xBF;
    if (first == 0xED) return second >= 0x80 && second <= 0x9F;
    if (first == 0xF0) return second >= 0x90 && second <= 0xBF;
    if (first == 0xF4) return second >= 0x80 && second <= 0x8F;
    return is_continuation(second);
}

constexpr std::size_t promised_length(unsigned char first) noexcept {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/// Control characters of ASCII and of Latin-1 (a terminal obeys both), U+2028 and U+2029, and the marks that turn the
/// direction of what follows.
bool breaks_a_line(std::string_view character) noexcept {
    constexpr std::string_view arabic_letter_mark = "\xD8\x9C";
    const unsigned char first = byte_at(character, 0);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    const unsigned char second = byte_at(character, 1);
    if (character.size() == 2) return (first == 0xC2 && second < 0xA0) || character == arabic_letter_mark;
    if (character.size() != 3 || first != 0xE2) return false;
    const unsigned char third = byte_at(character, 2);
    const bool is_separator_or_embedding = second == 0x80 && third >= 0xA8 && third <= 0xAE;
    const bool is_mark = second == 0x80 && (third == 0x8E || third == 0x8F);
    const bool is_isolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
    return is_separator_or_embedding || is_mark || is_isolate;
}

} // namespace

std::size_t character_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const std::size_t length = promised_length(byte_at(text, 0));
    if (length == 0 || text.size() < length) return 0;
    if (length > 1 && !may_follow(byte_at(text, 0), byte_at(text, 1))) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if (!is_continuation(byte_at(text, i))) return 0;
    }
    return length;
}

std::string_view without_byte_order_mark(std::string_view text) noexcept {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
    return text;
}

std::string_view stripped(std::string_view text) noexcept {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t start = text.find_first_not_of(white);
    if (start == std::string_view::npos) return {};
    return text.substr(start, text.find_last_not_of(white) + 1 - start);
}

std::string_view take_until(std::string_view& text, char separator) noexcept {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

std::string one_line(std::string_view text, std::size_t longest) {
    constexpr std::string_view ellipsis = "…";
    std::string line;
    while (!text.empty() && line.size() <= longest) {
        const std::size_t length = character_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0) {
            line.append(replacement_character);
        } else if (breaks_a_line(character)) {
            line.push_back(' ');
        } else {
            line.append(character);
        }
        text.remove_prefix(character.size());
    }
    if (line.size() > longest) {
        std::size_t end = longest;
        while (end > 0 && is_continuation(byte_at(line, end))) --end; // a character may have been cut
        line.resize(end);
        line.append(ellipsis);
    }
    return line;
}

} // namespace fathom::detail
