/// @file
/// The way of each report: a range that is counted from today gets its days first.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fathom/detail/access.hpp>
#include <fathom/report.hpp>

#include "../reports/range.hpp"
#include "calls.hpp"
#include "site_zone.hpp"

namespace fathom::detail {

template <class Metric>
[[nodiscard]] bool is_counted_from_today(const ReportQuery<Metric>& query) {
    return query.range && query.range->relative();
}

/// The query with the days that its range comes to in a zone, at this moment.
template <class Metric>
[[nodiscard]] ReportQuery<Metric> dated(ReportQuery<Metric> query, const TimeZone& zone, const Loop& loop) {
    query.range = query.range->on(zone.date_at(std::chrono::floor<std::chrono::seconds>(loop.calendar_now())));
    return query;
}

/// What is wrong with a query whatever the zone, so that nothing is sent for it.
template <class Metric, class Make>
[[nodiscard]] std::optional<Error> flaw_of(const ReportQuery<Metric>& query, const Make& make, const Loop& loop) {
    const bool has_days = is_valid(*query.range->relative());
    const Result<Operation<Report<Metric>>> operation =
        make(has_days ? dated(query, TimeZone::find("UTC").value(), loop) : query);
    return operation ? std::nullopt : std::optional(operation.error());
}

/// The options of the report after its zone was asked for: both together take no longer than one call may.
[[nodiscard]] inline CallOptions in_time_left(CallOptions options, const Loop& loop, Call::TimePoint deadline) {
    options.timeout = loop.time_until(deadline);
    return options;
}

/// The zone that a report counts its days in.
[[nodiscard]] inline Result<TimeZone> reporting_zone(const Route<Blocking>& loop, const SiteId& site,
                                                     const std::optional<std::string>& name,
                                                     const CallOptions& options) {
    return name ? loop->zones()->find(*name) : site_zone(loop, site, options_before_report(options));
}
[[nodiscard]] inline Future<TimeZone> reporting_zone(const Route<Async>& route, const SiteId& site,
                                                     const std::optional<std::string>& name,
                                                     const CallOptions& options) {
    return name ? ready(route.loop->zones()->find(*name), route.executor)
                : site_zone(route, site, options_before_report(options));
}

/// The zone that a report counts its days in, where that is known without a request.
template <class Metric>
[[nodiscard]] std::optional<TimeZone> known_zone(const ReportQuery<Metric>& query, const SiteId& site,
                                                 const Loop& loop) {
    if (!query.timezone) return loop.zones()->of(site.str());
    Result<TimeZone> zone = loop.zones()->find(*query.timezone);
    return zone ? std::optional(*std::move(zone)) : std::nullopt;
}

/// The operation of a query. What is sent for days whose ends are ambiguous are instants; the report says what was asked, and
/// knows the zone.
template <class Metric, class Make>
[[nodiscard]] Result<Operation<Report<Metric>>> operation_in(const std::optional<TimeZone>& zone,
                                                             const ReportQuery<Metric>& query, const Make& make) {
    Result<Operation<Report<Metric>>> operation = make(query);
    if (!operation || !zone) return operation;
    if (const auto instants = query.range ? instants_of_ambiguous(*query.range, *zone) : std::nullopt) {
        ReportQuery<Metric> sent = query;
        sent.range = instants;
        Result<Operation<Report<Metric>>> exact = make(sent);
        if (exact) operation = std::move(exact); // else it is an hour too long for hours, say
    }
    operation->decode = [decode = std::move(operation->decode), query,
                         zone = std::make_shared<const TimeZone>(*zone)](std::string_view body, DriftLog& drift) {
        return decode(body, drift).transform([&](Report<Metric> report) {
            return Access::make<Report<Metric>>(query, std::move(report).rows(), false, zone);
        });
    };
    return operation;
}

/// A report. @param make makes its operation of a query
template <class Metric, class Make>
[[nodiscard]] Result<Report<Metric>> report(const Route<Blocking>& loop, const SiteId& site,
                                            const ReportQuery<Metric>& query, const CallOptions& options,
                                            const Make& make) {
    const EndOfCall end(options);
    if (!loop) return no_client();
    return guarded<Report<Metric>>([&]() -> Result<Report<Metric>> {
        if (!is_counted_from_today(query)) {
            return call(loop, operation_in(known_zone(query, site, *loop), query, make), options);
        }
        if (std::optional<Error> flaw = flaw_of(query, make, *loop)) return *std::move(flaw);
        const Call::TimePoint deadline = loop->deadline_of(options);
        const Result<TimeZone> zone = reporting_zone(loop, site, query.timezone, options);
        if (!zone) return zone.error();
        return call(loop, operation_in<Metric>(*zone, dated(query, *zone, *loop), make),
                    in_time_left(options, *loop, deadline));
    });
}

/// A report whose range is counted from today. What is under way does not hold the client.
template <class Metric, class Make>
[[nodiscard]] Future<Report<Metric>> report_from_today(const Route<Async>& route, const SiteId& site,
                                                       const ReportQuery<Metric>& query, const CallOptions& options,
                                                       const Make& make) {
    const Call::TimePoint deadline = route.loop->deadline_of(options);
    if (options.limit_notice) Access::state_of(*options.limit_notice)->belong_to(route.loop); // before its call is made
    return reporting_zone(route, site, query.timezone, options)
        .then([weak = std::weak_ptr(route.loop), executor = route.executor, query, options, deadline,
               make](Result<TimeZone> zone) {
            const std::shared_ptr<Loop> loop = weak.lock();
            const Route<Async> later{loop, executor};
            if (!zone) return ended<Report<Metric>>(std::move(zone).error(), later, options);
            if (!loop) return ended<Report<Metric>>(client_is_gone("getAggregations"), later, options);
            return guarded<Report<Metric>>(later, options, [&] {
                return call(later, operation_in<Metric>(*zone, dated(query, *zone, *loop), make),
                            in_time_left(options, *loop, deadline));
            });
        });
}

/// The same for a caller that does not wait.
template <class Metric, class Make>
[[nodiscard]] Future<Report<Metric>> report(const Route<Async>& route, const SiteId& site,
                                            const ReportQuery<Metric>& query, const CallOptions& options,
                                            const Make& make) {
    if (!route.loop) return ended<Report<Metric>>(no_client(), route, options);
    return guarded<Report<Metric>>(route, options, [&] {
        if (!is_counted_from_today(query)) {
            return call(route, operation_in(known_zone(query, site, *route.loop), query, make), options);
        }
        if (std::optional<Error> flaw = flaw_of(query, make, *route.loop)) {
            return ended<Report<Metric>>(*std::move(flaw), route, options);
        }
        return report_from_today(route, site, query, from_here(options, route.loop), make);
    });
}

} // namespace fathom::detail
