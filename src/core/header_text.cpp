#include "header_text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace fathom::detail {

namespace {

constexpr std::string_view white_space = " \t";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_digits(std::string_view text) noexcept { return !text.empty() && std::ranges::all_of(text, is_digit); }

} // namespace

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::string_view take_list_item(std::string_view& list, char separator) noexcept {
    const std::string_view item = list.substr(0, list.find(separator));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    return trimmed(item);
}

std::optional<std::int64_t> parse_count(std::string_view text) noexcept {
    std::int64_t count = 0;
    if (!is_digits(text)) return std::nullopt;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    return problem == std::errc{} ? std::optional(count) : std::nullopt;
}

std::optional<std::chrono::seconds> parse_seconds(std::string_view text) noexcept {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? "0" : text.substr(point + 1);
    if (!is_digits(whole) || !is_digits(fraction)) return std::nullopt;
    if (is_negative) return std::chrono::seconds::zero();
    const auto count = parse_count(whole);
    if (!count || *count == std::numeric_limits<std::int64_t>::max()) return std::chrono::seconds::max();
    const bool rounds_up = fraction.find_first_not_of('0') != std::string_view::npos;
    return std::chrono::seconds{*count + (rounds_up ? 1 : 0)};
}

std::chrono::seconds wait_from(std::chrono::seconds count_or_time, std::chrono::sys_seconds now) noexcept {
    constexpr std::chrono::seconds first_time{1'000'000'000}; // 2001
    constexpr std::chrono::seconds first_in_milliseconds = first_time * 1'000;
    if (count_or_time < first_time) return count_or_time;
    if (count_or_time >= first_in_milliseconds) {
        count_or_time = std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds{count_or_time.count()});
    }
    return std::max(std::chrono::seconds::zero(), count_or_time - now.time_since_epoch());
}

} // namespace fathom::detail
