/// @file
/// Reports: the calls.
#pragma once

#include <memory>
#include <string>

#include <fathom/call_options.hpp>
#include <fathom/call_style.hpp>
#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/history.hpp>
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
    template <class T>
    using List = typename Style::template List<T>;

public:
    /// A report on the pageviews of a site (operation `getAggregations` of entity `pageview`).
    /// @return ErrorKind::invalid_argument names the query's member that is wrong, before any request is sent
    [[nodiscard]] Outcome<PageviewReport> pageviews(const SiteId& site, const PageviewQuery& query,
                                                    const CallOptions& options = {}) const;
    /// A report on the event of that name (operation `getAggregations` of entity `event`).
    [[nodiscard]] Outcome<EventReport> events(const SiteId& site, const std::string& event_name,
                                              const EventQuery& query, const CallOptions& options = {}) const;

    /// The pageviews of a site over any range of days, however many rows there are: a lazy range of pieces that are
    /// complete, each fetched with as few reports as can be. Where an answer is cut, the walk goes on from there; an hour
    /// (a day, …) that has more rows than an answer holds is fetched by parts, whose sum proves that none is missing. It
    /// can be stopped and resumed, see HistoryOptions::resume_from.
    ///
    /// @code
    /// for (const auto& piece : client.aggregations().history(site, {
    ///          .aggregates     = {fathom::PageviewMetric::pageviews, fathom::PageviewMetric::uniques},
    ///          .date_grouping  = fathom::DateGrouping::hour,
    ///          .field_grouping = fathom::Field::pathname}))
    ///     store(piece.value().report, piece.value().place);
    /// @endcode
    /// An error is the last element, and `last_cursor()` is the place from which another walk goes on.
    [[nodiscard]] List<PageviewHistoryPiece> history(const SiteId& site, const PageviewHistoryQuery& query,
                                                     const HistoryOptions& options = {}) const;
    /// The same of the conversions of an event.
    [[nodiscard]] List<EventHistoryPiece> history(const SiteId& site, const std::string& event_name,
                                                  const EventHistoryQuery& query,
                                                  const HistoryOptions& options = {}) const;

private:
    friend struct detail::Access;
    explicit AggregationsModule(detail::Route<Style> route) noexcept;

    detail::ModuleRoute<Style> route_;
};

} // namespace fathom::inline v0_2
