#include "http_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace fathom::detail {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t short_name = 3;

struct TimeOfDay {
    hours hour{};
    minutes minute{};
    seconds second{};
};

/// Takes the parts of a date off the front of a text; remembers whether one was missing.
class DateReader {
public:
    explicit DateReader(std::string_view text) noexcept : text_(text) {}

    [[nodiscard]] bool has_failed() const noexcept { return failed_; }
    /// Whether all of the text was read, and understood.
    [[nodiscard]] bool is_complete() const noexcept { return !failed_ && text_.empty(); }

    void skip(std::string_view expected) noexcept {
        if (!text_.starts_with(expected)) return fail();
        text_.remove_prefix(expected.size());
    }
    /// A number of exactly so many digits.
    int number(std::size_t digits) noexcept {
        int value = 0;
        if (text_.size() < digits) return fail(), 0;
        const auto [end, problem] = std::from_chars(text_.data(), text_.data() + digits, value);
        if (problem != std::errc{} || end != text_.data() + digits || value < 0) fail();
        text_.remove_prefix(digits);
        return value;
    }
    month month_name() noexcept {
        const auto found = std::ranges::find(month_names, text_.substr(0, short_name));
        if (found == month_names.end()) return fail(), month{};
        text_.remove_prefix(short_name);
        return month{static_cast<unsigned>(found - month_names.begin()) + 1};
    }
    /// A day whose first digit may be a space.
    day padded_day() noexcept {
        if (!text_.starts_with(' ')) return day{static_cast<unsigned>(number(2))};
        text_.remove_prefix(1);
        return day{static_cast<unsigned>(number(1))};
    }
    TimeOfDay time_of_day() noexcept {
        const hours hour{number(2)};
        skip(":");
        const minutes minute{number(2)};
        skip(":");
        const seconds second{number(2)};
        if (hour > 23h || minute > 59min || second > 60s) fail(); // 60: a leap second
        return {hour, minute, second};
    }
    /// Whether a weekday's name (or its first three letters) and then that text come next; takes them if so.
    bool takes_weekday(std::size_t letters, std::string_view then) noexcept {
        return std::ranges::any_of(weekdays, [&](std::string_view name) {
            const std::string_view wanted = name.substr(0, letters);
            if (!text_.starts_with(wanted) || !text_.substr(wanted.size()).starts_with(then)) return false;
            text_.remove_prefix(wanted.size() + then.size());
            return true;
        });
    }

private:
    void fail() noexcept { failed_ = true; }

    std::string_view text_;
    bool failed_ = false;
};

std::optional<sys_seconds> make_time(year_month_day date, const TimeOfDay& time) noexcept {
    if (!date.ok()) return std::nullopt;
    return sys_days{date} + time.hour + time.minute + time.second;
}

/// `06 Nov 1994 08:49:37 GMT`
std::optional<sys_seconds> read_fixdate(DateReader reader) noexcept {
    const day day_of_month{static_cast<unsigned>(reader.number(2))};
    reader.skip(" ");
    const month month_of_year = reader.month_name();
    reader.skip(" ");
    const year year_number{reader.number(4)};
    reader.skip(" ");
    const TimeOfDay time = reader.time_of_day();
    reader.skip(" GMT");
    if (!reader.is_complete()) return std::nullopt;
    return make_time({year_number, month_of_year, day_of_month}, time);
}

/// `06-Nov-94 08:49:37 GMT`
std::optional<sys_seconds> read_rfc850(DateReader reader, sys_seconds now) noexcept {
    const day day_of_month{static_cast<unsigned>(reader.number(2))};
    reader.skip("-");
    const month month_of_year = reader.month_name();
    reader.skip("-");
    const int year_of_century = reader.number(2);
    reader.skip(" ");
    const TimeOfDay time = reader.time_of_day();
    reader.skip(" GMT");
    if (!reader.is_complete()) return std::nullopt;

    constexpr int years_ahead = 50;
    constexpr int century = 100;
    const int latest = static_cast<int>(year_month_day{floor<days>(now)}.year()) + years_ahead;
    const year year_number{latest - (latest - year_of_century) % century};
    return make_time({year_number, month_of_year, day_of_month}, time);
}

/// `Nov  6 08:49:37 1994`
std::optional<sys_seconds> read_asctime(DateReader reader) noexcept {
    const month month_of_year = reader.month_name();
    reader.skip(" ");
    const day day_of_month = reader.padded_day();
    reader.skip(" ");
    const TimeOfDay time = reader.time_of_day();
    reader.skip(" ");
    const year year_number{reader.number(4)};
    if (!reader.is_complete()) return std::nullopt;
    return make_time({year_number, month_of_year, day_of_month}, time);
}

} // namespace

std::optional<sys_seconds> parse_http_date(std::string_view text, sys_seconds now) noexcept {
    DateReader reader(text);
    if (reader.takes_weekday(short_name, ", ")) return read_fixdate(reader);
    if (reader.takes_weekday(std::string_view::npos, ", ")) return read_rfc850(reader, now);
    if (reader.takes_weekday(short_name, " ")) return read_asctime(reader);
    return std::nullopt;
}

} // namespace fathom::detail
