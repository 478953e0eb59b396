#include "report_query.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>

#include "answer.hpp"
#include "report_fields.hpp"
#include "request_body.hpp"

namespace fathom::testing::detail {
namespace {

// Grouped and without a limit, the service cuts its answer here and doesn't say so.
constexpr std::int64_t silent_limit = 500;
constexpr std::int64_t most_rows = 1000;

constexpr std::array<Metric, 8> metrics{{
    {"pageview", "visits", "SUM(facts.visits)", MetricKind::count},
    {"pageview", "uniques", "count_visitors(facts.at, facts.visitors, facts.uniques)", MetricKind::count},
    {"pageview", "pageviews", "SUM(facts.pageviews)", MetricKind::count},
    {"pageview", "avg_duration", "1.0 * SUM(facts.duration) / SUM(facts.visits)", MetricKind::average},
    {"pageview", "bounce_rate", "1.0 * SUM(facts.bounces) / SUM(facts.visits)", MetricKind::rate},
    {"event", "conversions", "SUM(facts.conversions)", MetricKind::count},
    {"event", "unique_conversions", "count_visitors(facts.at, facts.visitors, facts.unique_conversions)",
     MetricKind::count},
    {"event", "value", "SUM(facts.value)", MetricKind::count},
}};

std::string required_parameter(const Call& call, const std::string& name) {
    const std::string value = call.request.parameter(name).value_or("");
    if (value.empty()) throw missing_field(name);
    return value;
}

SiteRecord site_named_by(Service& service, const Call& call, const std::string& parameter) {
    auto site = find_site(service.database, required_parameter(call, parameter));
    if (!site) throw ApiError{service.unknown_reference_status(), "Site not found"};
    return *site;
}

void read_entity(Service& service, const Call& call, ReportQuery& query) {
    const std::string entity = required_parameter(call, "entity");
    if (entity != "pageview" && entity != "event") throw invalid_choice("entity");
    query.of_pageviews = entity == "pageview";
    query.site = site_named_by(service, call, query.of_pageviews ? "entity_id" : "site_id");
    if (query.of_pageviews) return;
    query.event_name = required_parameter(call, "entity_name");
    if (!find_event_by_name(service.database, query.site.sequence, query.event_name))
        throw ApiError{service.unknown_reference_status(), "Event not found"};
}

const Metric& metric_named(const std::string& entity, const std::string& name) {
    const auto metric = std::ranges::find_if(
        metrics, [&](const Metric& candidate) { return entity == candidate.entity && name == candidate.name; });
    if (metric == metrics.end()) throw ApiError{400, "aggregates", "The aggregate " + name + " is invalid."};
    return *metric;
}

void read_metrics(const Call& call, ReportQuery& query) {
    const std::string entity = query.of_pageviews ? "pageview" : "event";
    for (const std::string& name : split_list(required_parameter(call, "aggregates")))
        query.metrics.push_back(&metric_named(entity, name));
    if (query.metrics.empty()) throw missing_field("aggregates");
}

void read_grouping(const Call& call, ReportQuery& query) {
    constexpr std::array<std::string_view, 5> groupings{"none", "hour", "day", "month", "year"};
    const auto date_grouping = call.request.parameter("date_grouping");
    if (date_grouping) {
        const auto found = std::find(groupings.begin() + 1, groupings.end(), *date_grouping);
        if (found == groupings.end()) throw invalid_choice("date_grouping");
        query.date_grouping = static_cast<DateGrouping>(found - groupings.begin());
    }
    query.fields = split_list(call.request.parameter("field_grouping").value_or(""));
    for (const std::string& field : query.fields) {
        if (!groupable_column(field)) throw ApiError{400, "field_grouping", "The field " + field + " is invalid."};
    }
}

bool is_sortable(const ReportQuery& query, const std::string& key) {
    const auto has_key = [&](const Metric* metric) { return key == metric->name; };
    return std::ranges::any_of(query.metrics, has_key) || std::ranges::find(query.fields, key) != query.fields.end() ||
           (key == "timestamp" && query.date_grouping != DateGrouping::none);
}

void read_time_zone(const Call& call, ReportQuery& query) {
    query.time_zone = call.request.parameter("timezone").value_or(query.site.timezone);
    if (is_known_time_zone(query.time_zone)) return;
    query.time_zone = query.site.timezone; // for the checks that follow
    throw ApiError{400, "timezone", "The timezone field must be a valid timezone."};
}

void read_sorting(const Service& service, const Call& call, ReportQuery& query) {
    const auto text = call.request.parameter("sort_by");
    if (!text) return;
    const auto colon = text->rfind(':');
    const std::string direction = colon == std::string::npos ? "" : text->substr(colon + 1);
    if (direction != "asc" && direction != "desc")
        throw ApiError{400, "sort_by", "The sort_by field must be in the form field:asc or field:desc."};
    query.sort_key = text->substr(0, colon);
    query.sort_descending = direction == "desc";
    // Parameters that are sound each by itself but not together are what the live service calls 422.
    if (!is_sortable(query, query.sort_key))
        throw ApiError{service.is_live() ? 422 : 400, "sort_by", "Only what was asked for can be sorted by."};
}

void read_limit(const Service& service, const Call& call, ReportQuery& query) {
    query.limit = query.is_grouped() ? silent_limit : 1;
    const auto text = call.request.parameter("limit");
    if (!text) return;
    std::int64_t limit = 0;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), limit);
    if (problem != std::errc{} || end != text->data() + text->size())
        throw ApiError{400, "limit", "The limit field must be an integer."};
    const std::int64_t highest = service.is_live() ? most_rows : std::numeric_limits<std::int64_t>::max();
    if (limit < 1 || limit > highest) throw ApiError{400, "limit", "The limit field must be between 1 and 1000."};
    query.limit = limit;
}

} // namespace

std::vector<std::string> split_list(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string part = text.substr(begin, end - begin);
        if (!part.empty() && std::ranges::find(parts, part) == parts.end()) parts.push_back(part);
        begin = end + 1;
    }
    return parts;
}

ReportQuery read_report_query(Service& service, const Call& call) {
    ReportQuery query;
    query.number = ++service.reports_answered;
    read_entity(service, call, query);
    Checks checks;
    checks.run([&] { read_metrics(call, query); });
    checks.run([&] { read_grouping(call, query); });
    checks.run([&] { read_time_zone(call, query); });
    checks.run([&] { read_period(service, call, query); });
    checks.run([&] { read_limit(service, call, query); });
    checks.run([&] {
        if (const auto filters = call.request.parameter("filters")) query.filters = read_filters(service, *filters);
    });
    checks.finish();
    read_sorting(service, call, query); // what was asked for must be known
    return query;
}

} // namespace fathom::testing::detail
