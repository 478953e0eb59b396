#include "repair.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

#include "../text/number_text.hpp"
#include "../text/plain_text.hpp"

namespace fathom::detail::json {

namespace {

/// `\uD83D`, and the like.
constexpr std::size_t escape_length = 6;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

void skip_digits(std::string_view& text) {
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
}

/// How many characters the number at the start of a text has. It starts with a digit or a minus.
std::size_t number_length(std::string_view text) {
    std::string_view rest = text.substr(1);
    skip_digits(rest);
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        skip_digits(rest);
    }
    const bool has_exponent = rest.starts_with('e') || rest.starts_with('E');
    if (has_exponent) {
        rest.remove_prefix(1);
        if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
        skip_digits(rest);
    }
    return text.size() - rest.size();
}

/// The number that an escape stands for; nothing where there is no `\uXXXX`.
std::optional<std::uint32_t> escaped_unit(std::string_view text) {
    if (text.size() < escape_length || !text.starts_with("\\u")) return std::nullopt;
    std::uint32_t unit = 0;
    for (const char c : text.substr(2, 4)) {
        const auto digit =
            std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' && c <= 'F' ? c | 0x20 : c));
        if (digit == std::string_view::npos) return std::nullopt;
        unit = unit * 16 + static_cast<std::uint32_t>(digit);
    }
    return unit;
}

constexpr bool is_high_surrogate(std::uint32_t unit) noexcept { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool is_low_surrogate(std::uint32_t unit) noexcept { return unit >= 0xDC00 && unit < 0xE000; }

/// Copies a body from its start to its end, and changes what must not stay.
class Repairer {
public:
    explicit Repairer(std::string_view body) : rest_(body) { out_.body.reserve(body.size()); }

    [[nodiscard]] std::optional<Repaired> run() && {
        while (!rest_.empty()) {
            if (is_in_text_) {
                take_from_text();
            } else {
                take_from_outside();
            }
        }
        return is_changed_ ? std::optional(std::move(out_)) : std::nullopt;
    }

private:
    void take_from_outside() {
        if (is_digit(rest_.front()) || rest_.front() == '-') return take_number();
        is_in_text_ = rest_.front() == '"';
        keep(1);
    }

    void take_number() {
        const std::string_view number = rest_.substr(0, number_length(rest_));
        double value = 0;
        if (parse_double(number, value) || !is_digit(number.back())) return keep(number.size());
        replace(number.size(), '"' + std::string(number) + '"'); // read as a text, it still tells what stood there
    }

    void take_from_text() {
        const char c = rest_.front();
        if (c == '\\') return take_escape();
        if (c == '"') {
            is_in_text_ = false;
            return keep(1);
        }
        if (static_cast<unsigned char>(c) < 0x20) return replace_control(c);
        const std::size_t length = character_length(rest_);
        if (length == 0) return replace_character(1);
        keep(length);
    }

    void take_escape() {
        const std::optional<std::uint32_t> unit = escaped_unit(rest_);
        if (!unit) return keep(rest_.size() < 2 ? 1 : 2);
        if (is_low_surrogate(*unit)) return replace_character(escape_length);
        if (!is_high_surrogate(*unit)) return keep(escape_length);
        const std::optional<std::uint32_t> next = escaped_unit(rest_.substr(escape_length));
        if (!next || !is_low_surrogate(*next)) return replace_character(escape_length);
        keep(2 * escape_length);
    }

    void keep(std::size_t count) {
        out_.body.append(rest_.substr(0, count));
        rest_.remove_prefix(count);
    }
    void replace(std::size_t count, std::string_view with) {
        out_.body.append(with);
        rest_.remove_prefix(count);
        is_changed_ = true;
    }
    void replace_character(std::size_t count) {
        replace(count, replacement_character);
        ++out_.replaced_characters;
    }
    void replace_control(char c) {
        std::array<char, escape_length + 1> escape{};
        std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
        replace(1, escape.data());
    }

    std::string_view rest_;
    Repaired out_{};
    bool is_in_text_ = false;
    bool is_changed_ = false;
};

} // namespace

bool tells_of_repair(const Scalar& scalar) noexcept {
    return scalar.kind == Scalar::Kind::text && scalar.text.find(replacement_character) != std::string_view::npos;
}

std::optional<Repaired> repair(std::string_view body) { return Repairer(body).run(); }

} // namespace fathom::detail::json
