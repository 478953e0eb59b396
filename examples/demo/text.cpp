#include "text.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace demo {

namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    const bool is_ascii_control = first < 0x20 || first == 0x7F;
    const bool is_c1_control = first == 0xC2 && character.size() > 1 && static_cast<unsigned char>(character[1]) < 0xA0;
    return is_ascii_control || is_c1_control;
}

/// Takes the first character, of one byte or more, off the text.
std::string_view take_character(std::string_view& text) {
    std::size_t size = 1;
    while (size < text.size() && continues_character(text[size])) ++size;
    const std::string_view character = text.substr(0, size);
    text.remove_prefix(size);
    return character;
}

} // namespace

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) { return !continues_character(byte); }));
}

std::string printable(std::string_view text, std::size_t longest) {
    const bool is_too_long = length(text) > longest;
    const std::size_t kept = is_too_long ? longest - 3 : longest;
    std::string clean;
    for (std::size_t i = 0; i < kept && !text.empty(); ++i) {
        const std::string_view character = take_character(text);
        clean.append(is_control(character) ? "?" : character);
    }
    return is_too_long ? clean + "..." : clean;
}

std::string date_text(std::chrono::local_seconds time) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
    std::ostringstream text;
    text << std::setfill('0') << int{date.year()} << '-' << std::setw(2) << unsigned{date.month()} << '-'
         << std::setw(2) << unsigned{date.day()};
    return text.str();
}

std::string number_text(std::optional<std::int64_t> number) { return number ? std::to_string(*number) : "-"; }

std::string decimal_text(std::optional<double> number) {
    if (!number) return "-";
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << *number;
    return text.str();
}

} // namespace demo
