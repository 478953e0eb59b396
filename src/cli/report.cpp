#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fathom/aggregations.hpp>

#include "commands.hpp"
#include "comparison.hpp"
#include "exit_code.hpp"
#include "report_options.hpp"
#include "report_records.hpp"

namespace fathom::cli {

namespace {

template <class Metric>
std::vector<std::string> metrics_of(const ReportQuery<Metric>& query) {
    std::vector<std::string> names;
    names.reserve(query.aggregates.size());
    for (const Metric& metric : query.aggregates) names.emplace_back(metric.text());
    return names;
}

template <class Metric>
std::vector<std::string> fields_of(const ReportQuery<Metric>& query) {
    std::vector<std::string> names;
    names.reserve(query.field_grouping.fields().size());
    for (const Field& field : query.field_grouping.fields()) names.emplace_back(field.text());
    return names;
}

/// Without rows yet.
template <class Metric>
Listing listing_of(const ReportQuery<Metric>& query) {
    Listing listing{.columns = fields_of(query)};
    const std::vector<std::string> metrics = metrics_of(query);
    if (query.date_grouping) listing.columns.insert(listing.columns.begin(), "date");
    listing.is_single = listing.columns.empty();
    if (!listing.is_single) listing.bar_of = metrics.front();
    listing.columns.insert(listing.columns.end(), metrics.begin(), metrics.end());
    return listing;
}

/// What was cut is said and has an exit code of its own, since a sum over the rows would be wrong.
template <class Metric>
void warn_if_cut(const Report<Metric>& report, const std::string& consequence) {
    if (!report.possibly_truncated()) return;
    throw Exception(
        Error{.kind = ErrorKind::truncated,
              .message = "the service gives at most " + std::to_string(report.size()) + " rows, and " + consequence});
}

template <class Metric, class Ask>
void show_report(const Session& session, const ReportOptions& options, const Ask& ask) {
    const auto query = query_of<Metric>(options);
    if (options.compares && query.date_grouping) throw UsageError("--compare previous and --by exclude each other");
    if (options.compares && !query.range) throw UsageError("--compare previous needs a range with both of its ends");
    if (query.aggregates.empty()) throw UsageError("--count: name what to count, with commas between");
    Listing listing = listing_of(query);
    if (options.compares) add_compared_columns(listing, metrics_of(query));
    session.require_fields(listing.columns);
    const Client client = session.client();
    const Report<Metric> report = ask(client, query).value();
    listing.records = records_of(report);
    std::optional<Report<Metric>> earlier;
    if (options.compares) {
        auto before = report.query();
        before.range = before.range->preceding();
        // Rows that were small then may be large now, so the rows before are not cut where these are.
        if (before.limit) before.limit = 1000;
        earlier = ask(client, before).value();
        const WithoutEarlierRow otherwise =
            earlier->possibly_truncated() ? WithoutEarlierRow::unknown : WithoutEarlierRow::nothing;
        compare(listing, records_of(*earlier), fields_of(query), metrics_of(query), otherwise);
    }
    session.show(listing);
    if (!options.top) warn_if_cut(report, "there may be more than are printed here"); // for which --top asks
    if (earlier) warn_if_cut(*earlier, "of the days before there may be more than were compared with");
}

} // namespace

void add_report(CLI::App& program, Session& session) {
    CLI::App& reports = *add_group(program, "report", "Count visits or events");
    const auto pageview_options = std::make_shared<ReportOptions>();
    CLI::App& pageviews = *add_command(reports, session, "pageviews", "Count the visits of a site", pageview_options,
                                       [&session](const ReportOptions& options) {
                                           show_report<PageviewMetric>(
                                               session, options, [&](const Client& client, const PageviewQuery& query) {
                                                   return client.aggregations().pageviews(SiteId(options.site), query);
                                               });
                                       });
    add_site_argument(pageviews, pageview_options->site);
    describe(pageviews, *pageview_options, "visits,uniques,pageviews");

    const auto event_options = std::make_shared<ReportOptions>();
    CLI::App& events =
        *add_command(reports, session, "events", "Count the conversions of an event", event_options,
                     [&session](const ReportOptions& options) {
                         show_report<EventMetric>(session, options, [&](const Client& client, const EventQuery& query) {
                             return client.aggregations().events(SiteId(options.site), options.event, query);
                         });
                     });
    add_site_argument(events, event_options->site);
    events.add_option("EVENT", event_options->event, "Name of the event")->required();
    describe(events, *event_options, "conversions,unique_conversions");
}

} // namespace fathom::cli
