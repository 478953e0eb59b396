#include "plan.hpp"

#include <algorithm>
#include <string>

namespace fathom::detail::history {

namespace {

using namespace std::chrono;

template <class Metric>
std::uint64_t fingerprint_of(std::string_view site_and_entity, const HistoryQuery<Metric>& query,
                             const TimeZone& zone) {
    Fingerprint print;
    print.add(site_and_entity).add(to_string(query.date_grouping)).add(zone.name());
    for (const Metric& metric : query.aggregates) print.add(metric.text());
    print.add("by");
    for (const Field& field : query.field_grouping.fields()) print.add(field.text());
    print.add("where");
    for (const Filter& filter : query.filters) {
        print.add(filter.field.text()).add(to_string(filter.comparison)).add(filter.value);
    }
    return print.value();
}

/// Plans these days, but none after today.
template <class Metric>
std::optional<Error> cover(Plan<Metric>& plan, const ReportRange& range) {
    if (range.instants()) {
        return invalid_argument("range", "is of instants; a history takes days: between(first, last), last_days(n)");
    }
    const ReportRange::Days covered = range.days().value();
    if (!covered.first.ok() || !covered.last.ok()) return invalid_argument("range", "has an invalid date");
    plan.begin = plan.next = local_days{covered.first};
    plan.end = std::min<local_seconds>(local_days{covered.last} + days{1}, plan.end);
    if (*plan.begin < plan.end) return std::nullopt;
    return invalid_argument("range", "has its last day before its first, or lies in the future");
}

/// Behind what was given before, up to the end of the range as it is now.
template <class Metric>
Result<Plan<Metric>> resumed(Plan<Metric> plan, std::string_view text) {
    const Result<Place> place = parse_place(text);
    if (!place) return place.error();
    if (place->fingerprint != plan.fingerprint) {
        return invalid_argument("resume_from",
                                "is the place of a history of something else: of another site, grouping, "
                                "zone, other metrics or filters");
    }
    plan.begin = place->begin;
    plan.next = place->next;
    return plan;
}

} // namespace

template <class Metric>
Result<Plan<Metric>> make_plan(std::string_view site_and_entity, const HistoryQuery<Metric>& query,
                               const HistoryOptions& options, const TimeZone& zone, sys_seconds now) {
    Plan<Metric> plan{.query = query, .zone = zone, .when_incomplete = options.when_incomplete};
    plan.fingerprint = fingerprint_of(site_and_entity, query, zone);
    plan.now = zone.to_local(now);
    plan.end = floor<days>(plan.now) + days{1};
    if (query.range) {
        if (auto error = cover(plan, query.range->on(zone.date_at(now)))) return *std::move(error);
    }
    if (options.resume_from) return resumed(std::move(plan), *options.resume_from);
    return plan;
}

template Result<Plan<PageviewMetric>> make_plan(std::string_view, const PageviewHistoryQuery&, const HistoryOptions&,
                                                const TimeZone&, sys_seconds);
template Result<Plan<EventMetric>> make_plan(std::string_view, const EventHistoryQuery&, const HistoryOptions&,
                                             const TimeZone&, sys_seconds);

} // namespace fathom::detail::history
