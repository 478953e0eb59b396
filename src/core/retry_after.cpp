#include "retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace fathom::detail {

namespace {

/// Takes a number of exactly `digits` digits off the front of the text.
std::optional<int> take_number(std::string_view& text, std::size_t digits) noexcept {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + digits, value);
    if (failure != std::errc{} || end != text.data() + digits || value < 0) return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, std::string_view expected) noexcept {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

std::optional<unsigned> take_month(std::string_view& text) noexcept {
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto found = std::ranges::find(months, text.substr(0, 3));
    if (found == months.end()) return std::nullopt;
    text.remove_prefix(3);
    return static_cast<unsigned>(found - months.begin()) + 1;
}

} // namespace

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) noexcept {
    using namespace std::chrono;
    constexpr std::size_t weekday_and_comma = 5;
    if (text.size() != std::string_view("Sun, 06 Nov 1994 08:49:37 GMT").size()) return std::nullopt;
    text.remove_prefix(weekday_and_comma);

    const auto day_of_month = take_number(text, 2);
    if (!day_of_month || !take(text, " ")) return std::nullopt;
    const auto month_of_year = take_month(text);
    if (!month_of_year || !take(text, " ")) return std::nullopt;
    const auto year_number = take_number(text, 4);
    if (!year_number || !take(text, " ")) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ":")) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || !take(text, ":")) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second || text != " GMT") return std::nullopt;

    const year_month_day date{year{*year_number}, month{*month_of_year}, day{static_cast<unsigned>(*day_of_month)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    return sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second};
}

std::optional<std::chrono::seconds> retry_after(const HttpHeaders& headers,
                                                std::chrono::system_clock::time_point calendar_now) {
    using namespace std::chrono;
    const std::optional<std::string_view> text = headers.find("Retry-After");
    if (!text) return std::nullopt;

    std::int64_t count = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), count);
    if (end == text->data() + text->size() && failure != std::errc::invalid_argument) {
        if (failure == std::errc::result_out_of_range) return days{1};
        return std::clamp<seconds>(seconds{count}, 0s, days{1});
    }
    const std::optional<sys_seconds> until = parse_http_date(*text);
    if (!until) return std::nullopt;
    const auto server_now = parse_http_date(headers.find("Date").value_or(""));
    return std::clamp<seconds>(*until - server_now.value_or(floor<seconds>(calendar_now)), 0s, days{1});
}

} // namespace fathom::detail
