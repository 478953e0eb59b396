#include <ostream>

#include <fathom/account.hpp>
#include <fathom/client_options.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/observer.hpp>
#include <fathom/report.hpp>
#include <fathom/sites.hpp>

#include "../reports/metrics.hpp"
#include "../text/time_text.hpp"
#include "printer.hpp"

namespace fathom::detail {

void write(std::ostream& out, std::string_view text) { out << text; }

} // namespace fathom::detail

namespace fathom::inline v0_2 {

namespace {

using detail::Printer;

template <class T>
std::ostream& print(std::ostream& out, const T& value) {
    Printer printer;
    printer.write(value);
    return out << printer.text();
}

/// As the service sends a row: the fields stand beside the metrics.
template <class Metric, class Row>
void write_row(Printer& printer, const Row& row) {
    printer.begin_object();
    if (row.time) printer.write_named("date", *row.time);
    detail::visit_metrics<Metric>(row, [&](auto metric, const auto& member) {
        if (member) printer.write_named(to_string(metric), *member);
    });
    for (const Field& field : row.fields.names()) printer.write_named(field.text(), row.fields[field]);
    printer.end_object();
}

template <class Metric>
std::ostream& print_row(std::ostream& out, const typename Report<Metric>::Row& row) {
    Printer printer;
    write_row<Metric>(printer, row);
    return out << printer.text();
}

template <class Metric>
std::ostream& print_rows(std::ostream& out, const Report<Metric>& report) {
    out << '[';
    for (std::size_t i = 0; i < report.size(); ++i) out << (i == 0 ? "" : ",\n") << report[i];
    return out << ']';
}

} // namespace

std::ostream& operator<<(std::ostream& out, const Account& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const Token& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const Site& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const SiteCreate& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const SiteUpdate& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const Event& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const EventCreate& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const EventUpdate& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const Milestone& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const MilestoneCreate& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const MilestoneUpdate& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const CurrentPage& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const CurrentReferrer& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const CurrentVisitors& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const FieldError& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const HttpHeader& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const HttpHeaders& headers) { return print(out, headers); }
std::ostream& operator<<(std::ostream& out, const HttpResponse& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const RawRequest& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const Filter& filter) { return print(out, filter); }
std::ostream& operator<<(std::ostream& out, const FieldGrouping& grouping) { return print(out, grouping); }
std::ostream& operator<<(std::ostream& out, const RowFields& fields) { return print(out, fields); }
std::ostream& operator<<(std::ostream& out, const CacheOptions& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const RetryPolicy& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const CallOptions& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const LimitWait& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ListOptions& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const RateLimit& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const RateLimits& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const LimitPace& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const GroupQuota& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const Quota& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const RateLimiter::Permit& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const RateLimiter::Denied& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const RateLimiter::Admission& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ConnectionOptions& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const HttpRequest& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const TransportError& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const Transfer& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ClientOptions& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ObservedCall& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ReportRange& range) { return print(out, range); }
std::ostream& operator<<(std::ostream& out, const ReportRange::Days& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ReportRange::Instants& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ReportRange::Relative& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const ZonePeriod& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const PageviewQuery& query) { return print(out, query); }
std::ostream& operator<<(std::ostream& out, const EventQuery& query) { return print(out, query); }
std::ostream& operator<<(std::ostream& out, const PageviewHistoryQuery& query) { return print(out, query); }
std::ostream& operator<<(std::ostream& out, const EventHistoryQuery& query) { return print(out, query); }
std::ostream& operator<<(std::ostream& out, const HistoryOptions& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const HistoryProgress& value) { return print(out, value); }
std::ostream& operator<<(std::ostream& out, const PageviewHistoryPiece& piece) { return print(out, piece); }
std::ostream& operator<<(std::ostream& out, const EventHistoryPiece& piece) { return print(out, piece); }

std::ostream& operator<<(std::ostream& out, KnownField field) { return out << to_string(field); }
std::ostream& operator<<(std::ostream& out, const SortBy<PageviewMetric>& sort) { return out << to_string(sort); }
std::ostream& operator<<(std::ostream& out, const SortBy<EventMetric>& sort) { return out << to_string(sort); }
std::ostream& operator<<(std::ostream& out, const TimeBucket&) { return out << "timestamp"; }
std::ostream& operator<<(std::ostream& out, const ReportTime& time) {
    const auto instant = time.instant();
    return out << (instant ? detail::instant_text(*instant) : detail::wall_clock_text(*time.wall_clock()));
}

std::ostream& operator<<(std::ostream& out, const PageviewRow& row) { return print_row<PageviewMetric>(out, row); }
std::ostream& operator<<(std::ostream& out, const EventRow& row) { return print_row<EventMetric>(out, row); }
std::ostream& operator<<(std::ostream& out, const PageviewReport& report) { return print_rows(out, report); }
std::ostream& operator<<(std::ostream& out, const EventReport& report) { return print_rows(out, report); }

} // namespace fathom::inline v0_2
