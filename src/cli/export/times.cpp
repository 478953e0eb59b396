#include "times.hpp"

#include <iomanip>
#include <ostream>
#include <sstream>

#include "../exit_code.hpp"

namespace fathom::cli {

using namespace std::chrono;

std::string text_of(local_days day) {
    const year_month_day date{day};
    std::ostringstream text;
    text << std::setfill('0') << std::setw(4) << static_cast<int>(date.year()) << '-' << std::setw(2)
         << static_cast<unsigned>(date.month()) << '-' << std::setw(2) << static_cast<unsigned>(date.day());
    return text.str();
}

std::string text_of(local_seconds time) {
    const local_days day = floor<days>(time);
    const hh_mm_ss clock{time - day};
    std::ostringstream text;
    text << text_of(day) << std::setfill('0') << ' ' << std::setw(2) << clock.hours().count() << ':' << std::setw(2)
         << clock.minutes().count() << ':' << std::setw(2) << clock.seconds().count();
    return text.str();
}

std::string bucket_text(local_seconds time, DateGrouping by) {
    return by == DateGrouping::hour ? text_of(time) : text_of(floor<days>(time));
}

local_seconds time_of(const std::string& text) {
    int year_number = 0;
    unsigned month_number = 0;
    unsigned day_number = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    char separator = 0;
    std::istringstream in(text);
    in >> year_number >> separator >> month_number >> separator >> day_number;
    if (in && !in.eof()) in >> hour >> separator >> minute >> separator >> second;
    const year_month_day date{year{year_number}, month{month_number}, std::chrono::day{day_number}};
    if (!in || !date.ok()) throw UsageError("'" + text + "' is no time such as 2026-11-26 05:00:00");
    return local_days{date} + hours{hour} + minutes{minute} + seconds{second};
}

local_days month_of(local_days day) noexcept {
    const year_month_day date{day};
    return local_days{date.year() / date.month() / std::chrono::day{1}};
}

} // namespace fathom::cli
