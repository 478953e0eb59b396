#include <utility>

#include <fathom/aggregations.hpp>

#include "../operations/aggregations.hpp"
#include "dated_report.hpp"
#include "history_source.hpp"

namespace fathom::detail {

/// What makes the operation of a report of a query: on a site, or on an event of one. Not in an unnamed namespace, since
/// coroutines of a header hold these functions, of which g++ warns in a unity build.
inline auto reports_of(const SiteId& site) {
    return [site](const PageviewQuery& query) { return operations::get_pageview_report(site, query); };
}
inline auto reports_of(const SiteId& site, const std::string& event_name) {
    return
        [site, event_name](const EventQuery& query) { return operations::get_event_report(site, event_name, query); };
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

using namespace detail;

template <class Style>
AggregationsModule<Style>::AggregationsModule(Route<Style> route) noexcept : route_(std::move(route)) {}

template <class Style>
auto AggregationsModule<Style>::pageviews(const SiteId& site, const PageviewQuery& query,
                                          const CallOptions& options) const -> Outcome<PageviewReport> {
    return report(route_, site, query, options, reports_of(site));
}

template <class Style>
auto AggregationsModule<Style>::events(const SiteId& site, const std::string& event_name, const EventQuery& query,
                                       const CallOptions& options) const -> Outcome<EventReport> {
    return report(route_, site, query, options, reports_of(site, event_name));
}

template <class Style>
auto AggregationsModule<Style>::history(const SiteId& site, const PageviewHistoryQuery& query,
                                        const HistoryOptions& options) const -> List<PageviewHistoryPiece> {
    HistorySubject<PageviewMetric> subject{
        .site = site, .name = "pageviews of " + site.str(), .make_report = reports_of(site)};
    return history_of(route_, HistoryCalls<PageviewMetric>(std::move(subject), query, options));
}

template <class Style>
auto AggregationsModule<Style>::history(const SiteId& site, const std::string& event_name,
                                        const EventHistoryQuery& query, const HistoryOptions& options) const
    -> List<EventHistoryPiece> {
    HistorySubject<EventMetric> subject{.site = site,
                                        .name = "event of " + site.str() + ": " + event_name,
                                        .make_report = reports_of(site, event_name)};
    return history_of(route_, HistoryCalls<EventMetric>(std::move(subject), query, options));
}

template class AggregationsModule<Blocking>;
template class AggregationsModule<Async>;

} // namespace fathom::inline v0_2
