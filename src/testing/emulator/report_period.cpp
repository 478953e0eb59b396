// The range of time that a report covers.
#include <algorithm>
#include <charconv>

#include "answer.hpp"
#include "report_query.hpp"

namespace fathom::testing::detail {
namespace {

constexpr std::chrono::days longest_hourly_period{7};
constexpr std::int64_t end_of_year_9999 = 253'402'300'799; // Times beyond have no text, and their sums may overflow.

std::optional<std::chrono::sys_seconds> parse_unix_time(const std::string& text) {
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (seconds < -end_of_year_9999 || seconds > end_of_year_9999) return std::nullopt;
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

// Unix time, a wall-clock time in the report's zone or, in the live dialect, ISO 8601 with an offset.
std::optional<std::chrono::sys_seconds> read_time(const Service& service, const Call& call, const ReportQuery& query,
                                                  const std::string& name) {
    const auto text = call.request.parameter(name);
    if (!text) return std::nullopt;
    if (const auto instant = parse_unix_time(*text)) return instant;
    if (const auto instant = service.is_live() ? parse_iso_time(*text) : std::nullopt) return instant;
    if (const auto wall_clock = parse_wall_clock(*text)) return TimeZone{query.time_zone}.to_instant(*wall_clock);
    throw ApiError{400, name, "The " + name + " field must be a valid date."};
}

std::chrono::sys_seconds first_fact(Service& service, const ReportQuery& query) {
    Statement row = query.of_pageviews
                        ? service.database.query("SELECT MIN(at) FROM pageviews WHERE site = ?", query.site.sequence)
                        : service.database.query("SELECT MIN(at) FROM conversions WHERE event IN "
                                                 "(SELECT sequence FROM events WHERE site = ? AND name = ?)",
                                                 query.site.sequence, query.event_name);
    if (!row.step() || row.is_null(0)) return query.site.created_at;
    return std::chrono::sys_seconds{std::chrono::seconds{row.integer(0)}};
}

// Seven days by the clock on the wall are seven days even where one of them has 25 hours.
bool is_too_long_for_hours(const ReportQuery& query) {
    TimeZone zone{query.time_zone};
    return query.to - query.from > longest_hourly_period &&
           zone.to_wall_clock(query.to) - zone.to_wall_clock(query.from) > longest_hourly_period;
}

} // namespace

void read_period(Service& service, const Call& call, ReportQuery& query) {
    const auto from = read_time(service, call, query, "date_from");
    const auto to = read_time(service, call, query, "date_to");
    query.from = from ? *from : first_fact(service, query);
    query.to = to ? *to : std::max(service.now(), query.from);
    if (from && to && query.to < query.from)
        throw ApiError{400, "date_to", "The date_to field must be a date after date_from."};
    if (query.date_grouping == DateGrouping::hour && is_too_long_for_hours(query))
        throw ApiError{400, "date_grouping", "Grouping by hour is limited to 7 days."};
}

} // namespace fathom::testing::detail
