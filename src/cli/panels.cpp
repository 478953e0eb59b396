#include "panels.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fathom/aggregations.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/report_query.hpp>
#include <fathom/time_zone.hpp>

#include "time_at_limit.hpp"

namespace fathom::cli {

namespace {

constexpr std::size_t hours_of_day = 24;

/// Asks of one site, by the zone that its days are counted in.
class Questions {
public:
    Questions(const AsyncClient& client, const Panels& panels, PanelOptions options)
        : client_(client), site_(panels.site.id), options_(std::move(options)) {
        // The service counts by the site's zone anyway, where it has one.
        if (!panels.site.timezone) timezone_ = panels.timezone;
    }

    Future<CurrentVisitors> visitors() const { return client_.current_visitors().get(site_, options_.call); }

    Future<PageviewReport> hours(std::chrono::local_days day) const {
        return ask({.aggregates = {PageviewMetric::visits},
                    .date_grouping = DateGrouping::hour,
                    .sort_by = ascending(time_bucket),
                    .range = between(day, day)});
    }

    Future<PageviewReport> leading(std::chrono::local_days day, const Field& field, PageviewMetric metric) const {
        return ask({.aggregates = {metric},
                    .field_grouping = field,
                    .sort_by = descending(metric),
                    .range = between(day, day),
                    .limit = options_.longest_list});
    }

private:
    Future<PageviewReport> ask(PageviewQuery query) const {
        query.timezone = timezone_;
        return client_.aggregations().pageviews(site_, query, options_.call);
    }

    const AsyncClient& client_;
    SiteId site_;
    PanelOptions options_;
    std::optional<std::string> timezone_{};
};

std::size_t hour_of(std::chrono::seconds since_midnight) {
    return static_cast<std::size_t>(since_midnight / std::chrono::hours{1});
}

/// By hours of the day. The hour that comes twice when clocks go back counts both.
std::vector<std::int64_t> visits_by_hour(const PageviewReport& report) {
    std::vector<std::int64_t> visits(hours_of_day);
    for (const PageviewRow& row : report) {
        if (!row.time) continue;
        visits[hour_of(*row.time - std::chrono::floor<std::chrono::days>(*row.time))] += row.visits.value_or(0);
    }
    return visits;
}

void set_today(Panels& panels, const PageviewReport& report, std::chrono::seconds since_midnight) {
    const std::vector<std::int64_t> visits = visits_by_hour(report);
    const std::size_t present = hour_of(since_midnight);
    for (std::size_t i = 0; i < hours_of_day; ++i) {
        panels.hours[i].today = i <= present ? std::optional(visits[i]) : std::nullopt;
    }
}

void set_last_week(Panels& panels, const PageviewReport& report) {
    const std::vector<std::int64_t> visits = visits_by_hour(report);
    panels.hours.assign(hours_of_day, {});
    for (std::size_t i = 0; i < hours_of_day; ++i) panels.hours[i].last_week = visits[i];
}

/// Of a report that counts one metric by one field.
std::vector<PanelEntry> entries_of(const PageviewReport& report) {
    const Field& field = report.query().field_grouping.fields().front();
    const PageviewMetric& metric = report.query().aggregates.front();
    std::vector<PanelEntry> entries;
    for (const PageviewRow& row : report) {
        entries.push_back({std::string(row.fields[field]), static_cast<std::int64_t>(row.get(metric).value_or(0))});
    }
    return entries;
}

} // namespace

std::string date_text(const Panels& panels) {
    constexpr std::size_t date = 10; // before the time
    std::ostringstream text;
    text << ReportTime{std::chrono::local_days{panels.today}};
    return text.str().substr(0, date);
}

std::int64_t visits_today(const Panels& panels) {
    std::int64_t visits = 0;
    for (const PanelHour& hour : panels.hours) visits += hour.today.value_or(0);
    return visits;
}

std::int64_t visits_last_week(const Panels& panels) {
    std::int64_t visits = 0;
    for (const PanelHour& hour : panels.hours) visits += hour.today ? hour.last_week : 0;
    return visits;
}

std::chrono::seconds deadline_of_look(const RateLimits& limits) {
    constexpr std::chrono::seconds deadline_of_any_call{120};
    return std::max(deadline_of_any_call, time_at_limit(requests_of_first_look - 1, limits));
}

// A coroutine calls static members of its promise through it.
// NOLINTBEGIN(readability-static-accessed-through-instance)
Future<Panels> read_panels(AsyncClient client, SiteId site, std::chrono::sys_seconds now, std::optional<Panels> before,
                           PanelOptions options) {
    Panels panels;
    if (before) {
        panels = *std::move(before);
    } else {
        panels.site = (co_await client.sites().get(site, options.call)).value();
        panels.timezone = panels.site.timezone.value_or("UTC");
    }
    const std::chrono::local_seconds local = TimeZone::find(panels.timezone).value().to_local(now);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const bool is_new_day = panels.hours.empty() || panels.today != std::chrono::year_month_day{day};
    panels.taken_at = now;
    panels.today = std::chrono::year_month_day{day};

    const Questions questions(client, panels, options);
    auto visitors = questions.visitors();
    auto hours = questions.hours(day);
    auto pages = questions.leading(day, Field::pathname, PageviewMetric::pageviews);
    auto referrers = questions.leading(day, Field::referrer_hostname, PageviewMetric::visits);
    auto countries = questions.leading(day, Field::country_code, PageviewMetric::visits);
    if (is_new_day) {
        set_last_week(panels, (co_await questions.hours(day - std::chrono::weeks{1})).value());
    }
    panels.visitors_now = (co_await std::move(visitors)).value().total;
    set_today(panels, (co_await std::move(hours)).value(), local - day);
    panels.pages = entries_of((co_await std::move(pages)).value());
    panels.referrers = entries_of((co_await std::move(referrers)).value());
    panels.countries = entries_of((co_await std::move(countries)).value());
    co_return panels;
}
// NOLINTEND(readability-static-accessed-through-instance)

} // namespace fathom::cli
