#include "time_zones.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

#include <date/tz.h>

namespace fathom::testing::detail {
namespace {

// std::chrono's own zones came with g++ 14; the `date` library is what they were made from.
date::local_seconds to_date(std::chrono::local_seconds time) { return date::local_seconds{time.time_since_epoch()}; }

void append_padded(std::string& text, unsigned value, std::size_t width) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) text.append(width - digits.size(), '0');
    text += digits;
}

std::string date_text(std::chrono::year_month_day date, DateGrouping precision) {
    std::string text;
    append_padded(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    if (precision == DateGrouping::year) return text;
    text += '-';
    append_padded(text, static_cast<unsigned>(date.month()), 2);
    if (precision == DateGrouping::month) return text;
    text += '-';
    append_padded(text, static_cast<unsigned>(date.day()), 2);
    return text;
}

std::string time_text(std::chrono::local_seconds time, char separator) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock{time - day};
    std::string text = date_text(std::chrono::year_month_day{day}, DateGrouping::day);
    text += separator;
    append_padded(text, static_cast<unsigned>(clock.hours().count()), 2);
    text += ':';
    append_padded(text, static_cast<unsigned>(clock.minutes().count()), 2);
    text += ':';
    append_padded(text, static_cast<unsigned>(clock.seconds().count()), 2);
    return text;
}

std::optional<unsigned> parse_number(std::string_view digits) {
    unsigned value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

// `13:00:00`, `13:00`, `13:00:00.250`.
std::optional<std::chrono::seconds> parse_time_of_day(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point != std::string_view::npos) {
        const std::string_view fraction = text.substr(point + 1);
        if (point != 8 || fraction.empty() || fraction.find_first_not_of("0123456789") != std::string_view::npos)
            return std::nullopt;
        text = text.substr(0, point);
    }
    if ((text.size() != 8 && text.size() != 5) || text[2] != ':' || (text.size() == 8 && text[5] != ':'))
        return std::nullopt;
    const auto hours = parse_number(text.substr(0, 2));
    const auto minutes = parse_number(text.substr(3, 2));
    const auto seconds = text.size() == 8 ? parse_number(text.substr(6, 2)) : std::optional{0U};
    if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
    return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds};
}

// `Z`, `+02:00`, `-0330`.
std::optional<std::chrono::seconds> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return std::chrono::seconds{0};
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    std::string digits{text.substr(1)};
    if (digits.size() == 5 && digits[2] == ':') digits.erase(2, 1);
    if (digits.size() != 4) return std::nullopt;
    const auto hours = parse_number(std::string_view{digits}.substr(0, 2));
    const auto minutes = parse_number(std::string_view{digits}.substr(2));
    if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    const std::chrono::seconds offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return text.front() == '-' ? -offset : offset;
}

// The library opens the file of that name. It would take a path that leads out of the zones' folder, and what else stands in
// there: the machine's own zone, what is no place, and the zones once more in folders of their own.
bool is_name_of_zone(std::string_view name) {
    constexpr std::array<std::string_view, 3> others{"localtime", "posixrules", "Factory"};
    constexpr std::array<std::string_view, 2> folders{"posix/", "right/"};
    const auto begins_name = [name](std::string_view folder) { return name.starts_with(folder); };
    return !name.empty() && name.front() != '/' && name.find("..") == std::string_view::npos &&
           std::ranges::find(others, name) == others.end() && std::ranges::none_of(folders, begins_name);
}

} // namespace

bool is_known_time_zone(const std::string& name) {
    try {
        return is_name_of_zone(name) && date::locate_zone(name) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

struct TimeZone::Offset {
    const date::time_zone* zone = nullptr;
    date::sys_info known{};
};

TimeZone::TimeZone(const std::string& name) : offset_{std::make_unique<Offset>()} {
    offset_->zone = date::locate_zone(name);
}

TimeZone::~TimeZone() = default;
TimeZone::TimeZone(TimeZone&&) noexcept = default;
TimeZone& TimeZone::operator=(TimeZone&&) noexcept = default;

std::chrono::local_seconds TimeZone::to_wall_clock(std::chrono::sys_seconds instant) {
    if (instant < offset_->known.begin || instant >= offset_->known.end)
        offset_->known = offset_->zone->get_info(instant);
    return std::chrono::local_seconds{instant.time_since_epoch() + offset_->known.offset};
}

std::chrono::sys_seconds TimeZone::to_instant(std::chrono::local_seconds wall_clock) const {
    return offset_->zone->to_sys(to_date(wall_clock), date::choose::earliest);
}

std::string bucket_text(std::chrono::local_seconds wall_clock, DateGrouping grouping) {
    if (grouping == DateGrouping::hour) return plain_time_text(std::chrono::floor<std::chrono::hours>(wall_clock));
    return date_text(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(wall_clock)}, grouping);
}

std::string plain_time_text(std::chrono::local_seconds time) { return time_text(time, ' '); }

std::string iso_time_text(std::chrono::sys_seconds time) {
    return time_text(std::chrono::local_seconds{time.time_since_epoch()}, 'T') + 'Z';
}

std::optional<std::chrono::local_seconds> parse_wall_clock(std::string_view text) {
    const auto date = parse_date(text.substr(0, 10));
    if (!date) return std::nullopt;
    const std::chrono::local_seconds midnight{std::chrono::local_days{*date}};
    if (text.size() == 10) return midnight;
    if (text[10] != ' ' && text[10] != 'T') return std::nullopt;
    const auto time_of_day = parse_time_of_day(text.substr(11));
    if (!time_of_day) return std::nullopt;
    return midnight + *time_of_day;
}

std::optional<std::chrono::sys_seconds> parse_iso_time(std::string_view text) {
    constexpr std::size_t date_size = 10;
    const std::size_t offset_begin = text.find_first_of("Zz+-", std::min(date_size, text.size()));
    if (offset_begin == std::string_view::npos) return std::nullopt;
    const auto wall_clock = parse_wall_clock(text.substr(0, offset_begin));
    const auto offset = parse_offset(text.substr(offset_begin));
    if (!wall_clock || !offset || offset_begin <= date_size) return std::nullopt;
    return std::chrono::sys_seconds{wall_clock->time_since_epoch()} - *offset;
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = parse_number(text.substr(0, 4));
    const auto month = parse_number(text.substr(5, 2));
    const auto day = parse_number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                                           std::chrono::day{*day}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

} // namespace fathom::testing::detail
