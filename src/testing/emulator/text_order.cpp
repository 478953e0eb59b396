#include "text_order.hpp"

#include <algorithm>

namespace fathom::testing::detail {
namespace {

char lower_case(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool is_punctuation(char character) {
    const char lower = lower_case(character);
    const bool is_letter = lower >= 'a' && lower <= 'z';
    const bool is_digit = lower >= '0' && lower <= '9';
    const bool is_ascii = static_cast<unsigned char>(character) < 0x80;
    return is_ascii && !is_letter && !is_digit;
}

std::string without_punctuation(std::string_view text) {
    std::string letters{text};
    std::erase_if(letters, is_punctuation);
    return letters;
}

} // namespace

std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), [](char character) { return lower_case(character); });
    return lower;
}

int compare(std::string_view left, std::string_view right, TextOrder order) {
    if (order == TextOrder::binary) return left.compare(right);
    if (order == TextOrder::case_insensitive) return lower_case(left).compare(lower_case(right));
    return lower_case(without_punctuation(left)).compare(lower_case(without_punctuation(right)));
}

std::int64_t shuffled_place(std::string_view text, std::int64_t salt) {
    // FNV-1a, and the finalizer of SplitMix64, so that texts that differ in their last letter end up far apart.
    std::uint64_t hash = 0xcbf29ce484222325U ^ static_cast<std::uint64_t>(salt);
    for (const char character : text) hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::int64_t>(hash >> 1U);
}

} // namespace fathom::testing::detail
