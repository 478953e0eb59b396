#include "lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace fathom::detail::json {

namespace {

/// Whether a byte of a text stands for itself and needs no look at its neighbours.
constexpr std::array<bool, 256> is_plain = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
    return plain;
}();

constexpr std::uint8_t byte_at(const char* at) noexcept { return static_cast<std::uint8_t>(*at); }

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// How many bytes the character takes that begins there; 0 where it is not valid UTF-8 (Unicode, table 3-7).
std::size_t character_size(const char* at, const char* end) noexcept {
    const auto follows = [&](std::size_t index, std::uint8_t low, std::uint8_t high) {
        return index < static_cast<std::size_t>(end - at) && byte_at(at + index) >= low && byte_at(at + index) <= high;
    };
    const std::uint8_t lead = byte_at(at);
    if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const std::uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;  // shorter forms exist below
        const std::uint8_t high = lead == 0xED ? 0x9F : 0xBF; // halves of pairs stand above
        return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const std::uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
        const std::uint8_t high = lead == 0xF4 ? 0x8F : 0xBF; // U+10FFFF is the last
        return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

void append_utf8(std::string& text, std::uint32_t character) {
    const auto append = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (character < 0x80) {
        append(character);
    } else if (character < 0x800) {
        append(0xC0U | character >> 6U);
        append(0x80U | (character & 0x3FU));
    } else if (character < 0x10000) {
        append(0xE0U | character >> 12U);
        append(0x80U | (character >> 6U & 0x3FU));
        append(0x80U | (character & 0x3FU));
    } else {
        append(0xF0U | character >> 18U);
        append(0x80U | (character >> 12U & 0x3FU));
        append(0x80U | (character >> 6U & 0x3FU));
        append(0x80U | (character & 0x3FU));
    }
}

} // namespace

Lexer::Lexer(std::string_view body) noexcept : begin_(body.data()), end_(begin_ + body.size()), at_(begin_) {
    if (body.starts_with("\xEF\xBB\xBF")) at_ += 3;
}

Lexeme Lexer::next() {
    while (!at_end() && is_space(*at_)) ++at_;
    if (at_end()) return Lexeme::end;
    switch (*at_++) {
    case '{': return Lexeme::open_object;
    case '}': return Lexeme::close_object;
    case '[': return Lexeme::open_array;
    case ']': return Lexeme::close_array;
    case ':': return Lexeme::colon;
    case ',': return Lexeme::comma;
    case '"': return text();
    case 't': return word("rue", {.kind = Scalar::Kind::boolean, .boolean = true});
    case 'f': return word("alse", {.kind = Scalar::Kind::boolean, .boolean = false});
    case 'n': return word("ull", {});
    default: --at_; return number();
    }
}

Lexeme Lexer::word(std::string_view rest, Scalar meaning) noexcept {
    for (const char c : rest) {
        if (!take(c)) return Lexeme::broken;
    }
    scalar_ = meaning;
    return Lexeme::scalar;
}

Lexeme Lexer::text() {
    const char* const start = at_;
    while (skip_character()) {
    }
    const char* const stop = at_;
    if (!at_end() && *at_ == '\\') return text_with_escapes(start);
    if (!take('"')) return Lexeme::broken;
    scalar_ = {.kind = Scalar::Kind::text, .text = {start, stop}};
    return Lexeme::scalar;
}

Lexeme Lexer::text_with_escapes(const char* start) {
    unescaped_.assign(start, at_);
    while (take('\\')) {
        if (!unescape()) return Lexeme::broken;
        const char* const plain = at_;
        while (skip_character()) {
        }
        unescaped_.append(plain, at_);
    }
    if (!take('"')) return Lexeme::broken;
    scalar_ = {.kind = Scalar::Kind::text, .text = unescaped_};
    return Lexeme::scalar;
}

/// Moves over characters that stand for themselves. @return false where something else comes
bool Lexer::skip_character() noexcept {
    const char* at = at_;
    while (at != end_ && is_plain[byte_at(at)]) ++at;
    at_ = at;
    if (at_end() || byte_at(at_) < 0x80) return false;
    const std::size_t size = character_size(at_, end_);
    at_ += size;
    return size > 0;
}

bool Lexer::unescape() {
    if (at_end()) return false;
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = *at_++;
    if (const std::size_t found = letters.find(letter); found != std::string_view::npos) {
        unescaped_.push_back(meanings[found]);
        return true;
    }
    std::uint32_t character = 0;
    if (letter != 'u' || !take_code_unit(character)) return false;
    const bool is_second_half = character >= 0xDC00 && character <= 0xDFFF;
    if (is_second_half) return false;
    const bool is_first_half = character >= 0xD800 && character <= 0xDBFF;
    if (is_first_half) {
        std::uint32_t second = 0;
        if (!take('\\') || !take('u') || !take_code_unit(second) || second < 0xDC00 || second > 0xDFFF) return false;
        character = 0x10000 + ((character - 0xD800) << 10U) + (second - 0xDC00);
    }
    append_utf8(unescaped_, character);
    return true;
}

bool Lexer::take_code_unit(std::uint32_t& unit) noexcept {
    constexpr std::ptrdiff_t size = 4;
    const char* const stop = at_ + std::min(size, end_ - at_);
    const char* const start = std::exchange(at_, std::from_chars(at_, stop, unit, 16).ptr);
    return at_ - start == size;
}

Lexeme Lexer::number() {
    const char* const start = at_;
    static_cast<void>(take('-'));
    if (!take('0') && !skip_digits()) return Lexeme::broken;
    bool is_integer = true;
    if (take('.')) {
        is_integer = false;
        if (!skip_digits()) return Lexeme::broken;
    }
    if (take('e') || take('E')) {
        is_integer = false;
        if (!take('-')) static_cast<void>(take('+'));
        if (!skip_digits()) return Lexeme::broken;
    }
    scalar_ = {.kind = Scalar::Kind::integer};
    const bool fits = is_integer && std::from_chars(start, at_, scalar_.integer).ec == std::errc{};
    if (!fits) scalar_ = {.kind = Scalar::Kind::number, .text = {start, at_}};
    return Lexeme::scalar;
}

/// @return whether there was any
bool Lexer::skip_digits() noexcept {
    const char* const start = at_;
    at_ = std::find_if_not(at_, end_, is_digit);
    return at_ != start;
}

bool Lexer::take(char expected) noexcept {
    if (at_end() || *at_ != expected) return false;
    ++at_;
    return true;
}

} // namespace fathom::detail::json
