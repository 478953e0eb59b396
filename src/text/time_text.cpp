#include "time_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace fathom::detail {

namespace {

using namespace std::chrono;

/// Takes pieces off the front of a text.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }

    bool take(char expected) {
        if (!text_.starts_with(expected)) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view expected) {
        if (!text_.starts_with(expected)) return false;
        text_.remove_prefix(expected.size());
        return true;
    }
    /// Exactly so many digits.
    bool take_digits(std::size_t count, int& number) {
        if (text_.size() < count) return false;
        number = 0;
        for (const char c : text_.substr(0, count)) {
            if (c < '0' || c > '9') return false;
            number = number * 10 + (c - '0');
        }
        text_.remove_prefix(count);
        return true;
    }
    void skip_digits() {
        while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') text_.remove_prefix(1);
    }

private:
    std::string_view text_;
};

/// `2023`, `2023-02` or `2023-02-21`; what is missing is 1.
bool take_date(Scanner& scanner, bool must_be_whole, year_month_day& date) {
    int year_number = 0;
    int month_number = 1;
    int day_number = 1;
    if (!scanner.take_digits(4, year_number)) return false;
    const bool has_month = scanner.take('-');
    if (has_month && !scanner.take_digits(2, month_number)) return false;
    const bool has_day = has_month && scanner.take('-');
    if (has_day && !scanner.take_digits(2, day_number)) return false;
    if (must_be_whole && !has_day) return false;
    date = {year{year_number}, month{static_cast<unsigned>(month_number)}, day{static_cast<unsigned>(day_number)}};
    return date.ok();
}

/// `13:00` or `13:00:00`, with a fraction.
bool take_clock(Scanner& scanner, seconds& clock) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!scanner.take_digits(2, hour) || !scanner.take(':') || !scanner.take_digits(2, minute)) return false;
    if (scanner.take(':') && !scanner.take_digits(2, second)) return false;
    if (scanner.take('.')) scanner.skip_digits();
    constexpr int leap_second = 60;
    if (hour > 23 || minute > 59 || second > leap_second) return false;
    clock = hours{hour} + minutes{minute} + seconds{second};
    return true;
}

/// `Z`, ` UTC`, `+02:00`, `-0330` or nothing.
bool take_offset(Scanner& scanner, seconds& offset) {
    if (scanner.at_end() || scanner.take('Z') || scanner.take('z') || scanner.take(" UTC")) return true;
    const bool is_west = scanner.take('-');
    int hour = 0;
    int minute = 0;
    if ((!is_west && !scanner.take('+')) || !scanner.take_digits(2, hour)) return false;
    scanner.take(':');
    if (!scanner.at_end() && !scanner.take_digits(2, minute)) return false;
    offset = hours{hour} + minutes{minute};
    if (is_west) offset = -offset;
    return true;
}

struct Moment {
    year_month_day date{};
    seconds clock{};
    seconds offset{};
};

/// Fills a moment; false where the text is none. Millions of rows have one: what is returned in pieces would be put together
/// and taken apart at each level.
bool parse_moment(std::string_view text, bool must_be_whole, Moment& moment) {
    Scanner scanner(text);
    if (!take_date(scanner, must_be_whole, moment.date)) return false;
    if (scanner.at_end()) return true;
    if (!scanner.take(' ') && !scanner.take('T') && !scanner.take('t')) return false;
    return take_clock(scanner, moment.clock) && take_offset(scanner, moment.offset) && scanner.at_end();
}

} // namespace

std::optional<sys_seconds> parse_instant(std::string_view text) {
    Moment moment;
    if (!parse_moment(text, true, moment)) return std::nullopt;
    return sys_days{moment.date} + moment.clock - moment.offset;
}

std::optional<year_month_day> parse_date(std::string_view text) {
    Moment moment;
    return parse_moment(text, true, moment) ? std::optional(moment.date) : std::nullopt;
}

std::optional<local_seconds> parse_bucket(std::string_view text) {
    Moment moment;
    if (!parse_moment(text, false, moment)) return std::nullopt;
    return local_days{moment.date} + moment.clock;
}

std::string date_text(year_month_day date) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

std::string wall_clock_text(local_seconds time) {
    const local_days day = floor<days>(time);
    const hh_mm_ss clock{time - day};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), " %02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return date_text(year_month_day{day}) + text.data();
}

std::string instant_text(sys_seconds time) {
    std::string text = wall_clock_text(local_seconds(time.time_since_epoch()));
    std::ranges::replace(text, ' ', 'T');
    return text + 'Z';
}

} // namespace fathom::detail
