#include "two_copies.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <utility>
#include <vector>

namespace fathom::detail {

namespace {

/// With what the file of any edition begins.
constexpr std::string_view family = "fathom-rate-limiter-";
constexpr std::string_view title = "fathom-rate-limiter-2 ";
constexpr std::size_t smallest_place = 4096;

/// FNV-1a: guards against a torn write, not against malice.
std::uint64_t checksum(std::string_view text) {
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return hash;
}

/// Takes a number and the character behind it off a text.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end == text.data() + text.size()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return number;
}

/// A copy is the title, the checksum of all that follows, its number, the length of the content, the content.
std::optional<TwoCopies::Copy> copy_at(std::string_view file, std::size_t offset) {
    std::string_view rest = file.substr(offset);
    if (!rest.starts_with(title)) return std::nullopt;
    rest.remove_prefix(title.size());
    const auto sum = take_number(rest);
    const std::string_view summed = rest;
    const auto number = take_number(rest);
    const auto length = take_number(rest);
    if (!sum || !number || !length || *length > rest.size()) return std::nullopt;
    const auto end = static_cast<std::size_t>(rest.data() - file.data()) + static_cast<std::size_t>(*length);
    const auto start = static_cast<std::size_t>(summed.data() - file.data());
    if (checksum(file.substr(start, end - start)) != *sum) return std::nullopt;
    return TwoCopies::Copy{offset, *number, end - offset, rest.substr(0, static_cast<std::size_t>(*length))};
}

bool is_foreign(std::string_view file) {
    const bool begins_like_ours = file.substr(0, family.size()) == family.substr(0, file.size());
    return !begins_like_ours && file.find_first_not_of('\0') != std::string_view::npos;
}

std::size_t second_place_behind(std::size_t size) { return std::bit_ceil(std::max(size, smallest_place)); }

} // namespace

std::size_t next_place(std::size_t place) noexcept { return std::max(place * 2, smallest_place); }

TwoCopies find_copies(std::string_view file) {
    if (is_foreign(file)) return {.is_foreign = true};
    std::vector<TwoCopies::Copy> copies;
    for (std::size_t offset = 0; offset < file.size(); offset = next_place(offset)) {
        if (const auto copy = copy_at(file, offset)) copies.push_back(*copy);
    }
    if (copies.empty()) return {.has_lost = !file.empty()};

    const TwoCopies::Copy newest = *std::ranges::max_element(copies, {}, &TwoCopies::Copy::number);
    const auto before = std::ranges::find(copies, newest.number - 1, &TwoCopies::Copy::number);
    if (before != copies.end()) return {.newest = newest, .offset_before = before->offset};
    // What is behind a copy takes the place of the one before: it may have been there.
    return {.newest = newest, .has_lost = newest.number > 1 || file.size() > newest.size};
}

NextCopy next_copy(const TwoCopies& copies, std::string_view content) {
    const auto& newest = copies.newest;
    std::string summed = std::to_string(newest ? newest->number + 1 : 1) + " " + std::to_string(content.size()) + "\n";
    summed.append(content);
    NextCopy next{.text = std::string(title) + std::to_string(checksum(summed)) + " " + summed};
    if (!newest) return next;

    if (newest->offset == 0) {
        const std::size_t place = second_place_behind(newest->size);
        next.offset = std::max(place, copies.offset_before.value_or(place));
    } else if (next.text.size() > newest->offset) {
        next.offset = second_place_behind(newest->offset + newest->size);
    }
    if (copies.offset_before && *copies.offset_before != next.offset) next.outdated = copies.offset_before;
    return next;
}

TwoCopies copies_with(const TwoCopies& copies, const NextCopy& next) {
    TwoCopies::Copy newest{.offset = next.offset, .number = 1, .size = next.text.size(), .content = {}};
    if (!copies.newest) return {.newest = newest};
    newest.number = copies.newest->number + 1;
    return {.newest = newest, .offset_before = copies.newest->offset};
}

} // namespace fathom::detail
