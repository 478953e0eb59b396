#include "aggregations.hpp"

#include <string>
#include <utility>

#include "../json/json.hpp"
#include "../reports/range.hpp"
#include "../text/time_text.hpp"
#include "checks.hpp"
#include "facts.hpp"
#include "report_checks.hpp"
#include "report_paths.hpp"

namespace fathom::detail::operations {

namespace {

template <class List, class Text>
std::string comma_list(const List& list, Text text) {
    std::string joined;
    for (const auto& item : list) {
        if (!joined.empty()) joined.push_back(',');
        joined.append(text(item));
    }
    return joined;
}

std::string time_text(const ReportTime& time) {
    if (const auto instant = time.instant()) return std::to_string(instant->time_since_epoch().count());
    return wall_clock_text(*time.wall_clock());
}

template <class Metric>
void add_range(Target& target, const ReportQuery<Metric>& query) {
    std::optional<ReportTime> from = query.date_from;
    std::optional<ReportTime> to = query.date_to;
    if (query.range) {
        const RangeEnds ends = ends_of(*query.range);
        from = ends.from;
        to = ends.to;
    }
    if (from) target.parameter("date_from", time_text(*from));
    if (to) target.parameter("date_to", time_text(*to));
}

template <class Metric>
void add_query(Target& target, const ReportQuery<Metric>& query) {
    target.parameter("aggregates", comma_list(query.aggregates, [](const Metric& metric) { return metric.text(); }));
    if (query.date_grouping) target.parameter("date_grouping", to_string(*query.date_grouping));
    if (!query.field_grouping.empty()) {
        target.parameter("field_grouping",
                         comma_list(query.field_grouping.fields(), [](const Field& field) { return field.text(); }));
    }
    if (query.sort_by) target.parameter("sort_by", to_string(*query.sort_by));
    if (query.timezone) target.parameter("timezone", *query.timezone);
    add_range(target, query);
    if (query.limit) target.parameter("limit", std::to_string(*query.limit));
    if (!query.filters.empty()) target.parameter("filters", json::encode_filters(query.filters));
}

template <class Metric>
Operation<Report<Metric>> make_report(Target target, const ReportQuery<Metric>& query) {
    add_query(target, query);
    return {make_request(get_aggregations_facts, std::move(target)), [query](std::string_view body, DriftLog& drift) {
                using Rows = std::vector<typename Report<Metric>::Row>;
                return json::decode_rows(body, query, drift).transform([&](Rows rows) {
                    return Report<Metric>(query, std::move(rows));
                });
            }};
}

} // namespace

Result<Operation<PageviewReport>> get_pageview_report(const SiteId& site, const PageviewQuery& query) {
    Checks checks(get_aggregations_facts.name);
    checks.id("entity_id", site);
    check(checks, query);
    if (auto error = checks.error()) return *std::move(error);
    Target target(aggregations_path);
    target.about(site.str()).parameter("entity", "pageview").parameter("entity_id", site.str());
    return make_report(std::move(target), query);
}

Result<Operation<EventReport>> get_event_report(const SiteId& site, const std::string& event_name,
                                                const EventQuery& query) {
    Checks checks(get_aggregations_facts.name);
    checks.id("site_id", site);
    checks.counted_name("entity_name", event_name);
    check(checks, query);
    if (auto error = checks.error()) return *std::move(error);
    Target target(aggregations_path);
    target.about(site.str())
        .parameter("entity", "event")
        .parameter("site_id", site.str())
        .parameter("entity_name", event_name);
    return make_report(std::move(target), query);
}

} // namespace fathom::detail::operations
