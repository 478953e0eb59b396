#include <string>
#include <utility>
#include <vector>

#include <fathom/aggregations.hpp>

#include "../exit_code.hpp"
#include "../report_options.hpp"
#include "../report_records.hpp"
#include "tool.hpp"

namespace fathom::cli::mcp {

namespace {

std::string joined(const Json& texts) {
    std::string text;
    for (const Json& part : texts) text += (text.empty() ? "" : ",") + part.get<std::string>();
    return text;
}

/// What the command line takes by the same names.
ReportOptions options_of(const ToolCall& call, const std::string& metrics) {
    ReportOptions options{.site = call.text("site_id"), .metrics = metrics};
    options.event = call.find("event").value_or("");
    if (call.arguments.contains("count")) options.metrics = joined(call.arguments["count"]);
    options.last = call.find("last");
    options.current = call.find("this");
    options.today = call.has("today");
    options.yesterday = call.has("yesterday");
    options.all = call.has("all");
    options.from = call.find("from");
    options.to = call.find("to");
    options.by = call.find("by");
    if (call.arguments.contains("group")) options.group = joined(call.arguments["group"]);
    if (call.arguments.contains("where")) options.where = call.arguments["where"].get<std::vector<std::string>>();
    options.sort = call.find("sort");
    if (call.arguments.contains("top")) options.top = call.arguments["top"].get<int>();
    options.timezone = call.find("timezone");
    return options;
}

/// The query, refused in words of the tool: an option of the command line is an argument here.
template <class Metric>
ReportQuery<Metric> query_for(const ReportOptions& options) {
    try {
        return query_of<Metric>(options);
    } catch (const UsageError& error) {
        std::string text = error.what();
        for (std::size_t at = 0; (at = text.find("--", at)) != std::string::npos;) text.erase(at, 2);
        throw UsageError(text);
    }
}

template <class Metric>
Json output_of(const Report<Metric>& report) {
    Json rows = Json::array();
    for (Record& record : records_of(report)) rows.push_back(std::move(record));
    return {{"rows", std::move(rows)}, {"may_lack_rows", report.possibly_truncated()}};
}

Future<Json> report_pageviews(ToolCall call) {
    const auto options = options_of(call, "visits,uniques,pageviews");
    const auto query = query_for<PageviewMetric>(options);
    co_return output_of((co_await call.client.aggregations().pageviews(call.site(), query, call.options)).value());
}

Future<Json> report_event(ToolCall call) {
    const auto options = options_of(call, "conversions,unique_conversions");
    const auto query = query_for<EventMetric>(options);
    co_return output_of(
        (co_await call.client.aggregations().events(call.site(), options.event, query, call.options)).value());
}

void add(Json& schema, const char* name, Json member) { schema["properties"][name] = std::move(member); }

Json input_of(std::initializer_list<Member> first, const char* metrics) {
    Json schema = object(first);
    add(schema, "count", texts(metrics));
    add(schema, "last",
        text("Days until today: 30d, 4w, 6m, 2y; or week, month, year for the whole one before this. "
             "30d where no days are named; name them in one way only. "
             "Days that are counted from today cost one request of 2,000 an hour more, once for each site"));
    add(schema, "this", choice("This week, month or year until today", {"week", "month", "year"}));
    add(schema, "today", flag("Today, as far as it has come"));
    add(schema, "yesterday", flag("Yesterday"));
    add(schema, "all", flag("From the first visit on"));
    add(schema, "from", text("The first day, such as 2026-11-01"));
    add(schema, "to", text("The last day, which is part of the report"));
    add(schema, "by", choice("A row for each of these; hours for 7 days at most", {"hour", "day", "month", "year"}));
    add(schema, "group",
        texts(
            "A row for each value of these fields: pathname, hostname, referrer_hostname, country_code, city, browser, "
            "operating_system, device_type, utm_source, utm_medium, utm_campaign and others"));
    add(schema, "where",
        texts("Conditions, all of which must hold: country_code=DE, pathname!=/, pathname~/blog* (like), "
              "pathname=~^/blog (regular expression)"));
    add(schema, "sort", text("By a metric, a field or date; -visits from large to small"));
    add(schema, "top", integer("At most so many rows", 1, 1000));
    add(schema, "timezone", text("Reporting zone, such as Europe/Berlin; else the site's own"));
    return schema;
}

Json output_schema() {
    return open_object(
        {{"rows", list_of(open_object({})), Presence::required},
         {"may_lack_rows", flag("Whether rows may have been left out: a sum over them would be too small"),
          Presence::required}});
}

} // namespace

std::vector<Tool> report_tools() {
    return {
        {.name = "report_pageviews",
         .title = "Report on pageviews",
         .description =
             std::string("Counts visits, visitors and pageviews of a site, in all or by day, page, country and "
                         "the like. One report can hold a whole month by day.") +
             costs_one_report,
         .effect = Effect::reads,
         .asks_service = true,
         .input = input_of({site_member()}, "What to count: visits, uniques, pageviews, avg_duration (seconds), "
                                            "bounce_rate; the first three where it is not given"),
         .output = output_schema(),
         .run = report_pageviews},
        {.name = "report_event",
         .title = "Report on an event",
         .description = std::string("Counts how often an event of a site happened.") + costs_one_report,
         .effect = Effect::reads,
         .asks_service = true,
         .input =
             input_of({site_member(), {"event", text("Name of the event; list_events has them"), Presence::required}},
                      "What to count: conversions, unique_conversions, value (in cents); the first two where it is "
                      "not given"),
         .output = output_schema(),
         .run = report_event},
    };
}

} // namespace fathom::cli::mcp
