#include "id_source.hpp"

#include "letter_case.hpp"

namespace fathom::testing::detail {
namespace {

bool is_letter_or_digit(char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

} // namespace

std::string IdSource::letters(std::size_t length) {
    std::string id;
    for (std::size_t index = 0; index < length; ++index)
        id += static_cast<char>('A' + static_cast<char>(dice_.roll(26)));
    return id;
}

std::string IdSource::uuid() {
    constexpr std::string_view pattern = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    constexpr std::string_view digits = "0123456789abcdef";
    std::string id{pattern};
    for (char& character : id) {
        if (character == 'x') {
            character = digits[static_cast<std::size_t>(dice_.roll(16))];
        } else if (character == 'y') {
            character = digits[static_cast<std::size_t>(8 + dice_.roll(4))];
        }
    }
    return id;
}

std::string slug(std::string_view name) {
    std::string text;
    for (const char character : name) {
        const char lower = to_lower(character);
        if (is_letter_or_digit(lower)) {
            text += lower;
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
    }
    while (!text.empty() && text.back() == '-') text.pop_back();
    return text;
}

} // namespace fathom::testing::detail
