#include <utility>

#include <fathom/aggregations.hpp>

#include "../operations/aggregations.hpp"
#include "dated_report.hpp"
#include "history_source.hpp"

namespace fathom::inline v0_2 {

using namespace detail;

template <class Style>
AggregationsModule<Style>::AggregationsModule(Route<Style> route) noexcept : route_(std::move(route)) {}

template <class Style>
auto AggregationsModule<Style>::pageviews(const SiteId& site, const PageviewQuery& query,
                                          const CallOptions& options) const -> Outcome<PageviewReport> {
    return report(route_, site, query, options,
                  [site](const PageviewQuery& dated) { return operations::get_pageview_report(site, dated); });
}

template <class Style>
auto AggregationsModule<Style>::events(const SiteId& site, const std::string& event_name, const EventQuery& query,
                                       const CallOptions& options) const -> Outcome<EventReport> {
    return report(route_, site, query, options, [site, event_name](const EventQuery& dated) {
        return operations::get_event_report(site, event_name, dated);
    });
}

template <class Style>
auto AggregationsModule<Style>::history(const SiteId& site, const PageviewHistoryQuery& query,
                                        const HistoryOptions& options) const -> List<PageviewHistoryPiece> {
    HistorySubject<PageviewMetric> subject{
        .site = site, .name = "pageviews of " + site.str(), .make_report = [site](const PageviewQuery& question) {
            return operations::get_pageview_report(site, question);
        }};
    return history_of(route_, HistoryCalls<PageviewMetric>(std::move(subject), query, options));
}

template <class Style>
auto AggregationsModule<Style>::history(const SiteId& site, const std::string& event_name,
                                        const EventHistoryQuery& query, const HistoryOptions& options) const
    -> List<EventHistoryPiece> {
    HistorySubject<EventMetric> subject{.site = site,
                                        .name = "event of " + site.str() + ": " + event_name,
                                        .make_report = [site, event_name](const EventQuery& question) {
                                            return operations::get_event_report(site, event_name, question);
                                        }};
    return history_of(route_, HistoryCalls<EventMetric>(std::move(subject), query, options));
}

template class AggregationsModule<Blocking>;
template class AggregationsModule<Async>;

} // namespace fathom::inline v0_2
