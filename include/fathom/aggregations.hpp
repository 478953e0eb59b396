/// @file
/// Reports: the calls.
#pragma once

#include <memory>
#include <string>

#include <fathom/call_options.hpp>
#include <fathom/call_style.hpp>
#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/ids.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>

namespace fathom::inline v0_2 {

/// Reports; got from Client::aggregations(). Limited to 10 a minute, together with current visitors; a call waits for
/// its turn as long as its deadline allows.
///
/// @code
/// auto report = client.aggregations().pageviews(site, {
///     .aggregates    = {fathom::PageviewMetric::visits},
///     .date_grouping = fathom::DateGrouping::day,
///     .filters       = {fathom::Field::country_code == "DE"},
/// });
/// @endcode
template <class Style>
class FATHOM_EXPORT AggregationsModule {
    template <class T>
    using Outcome = typename Style::template Outcome<T>;

public:
    /// A report on the pageviews of a site (operation `getAggregations` of entity `pageview`).
    /// @return ErrorKind::invalid_argument names the query's member that is wrong, before any request is sent
    [[nodiscard]] Outcome<PageviewReport> pageviews(const SiteId& site, const PageviewQuery& query,
                                                    const CallOptions& options = {}) const;
    /// A report on the event of that name (operation `getAggregations` of entity `event`).
    [[nodiscard]] Outcome<EventReport> events(const SiteId& site, const std::string& event_name,
                                              const EventQuery& query, const CallOptions& options = {}) const;

private:
    friend struct detail::Access;
    explicit AggregationsModule(detail::Route<Style> route) noexcept;

    detail::Route<Style> route_;
};

} // namespace fathom::inline v0_2
