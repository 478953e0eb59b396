#include "percent.hpp"

#include <charconv>

namespace fathom::detail {

namespace {

constexpr bool is_unreserved(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

} // namespace

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (is_unreserved(c)) {
            encoded.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded.append({'%', digits[byte / 16U], digits[byte % 16U]});
        }
    }
    return encoded;
}

std::string percent_decoded(std::string_view text) {
    constexpr int hexadecimal = 16;
    std::string decoded;
    while (!text.empty()) {
        unsigned char byte = 0;
        const char* const digits = text.data() + 1;
        if (text.size() > 2 && text.front() == '%' &&
            std::from_chars(digits, digits + 2, byte, hexadecimal).ptr == digits + 2) {
            decoded.push_back(static_cast<char>(byte));
            text.remove_prefix(3);
        } else {
            decoded.push_back(text.front());
            text.remove_prefix(1);
        }
    }
    return decoded;
}

} // namespace fathom::detail
