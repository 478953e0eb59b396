/// @file
/// Where the rows of a report hold their metrics: the one place where the two are matched.
#pragma once

#include <cstddef>
#include <iterator>

#include <fathom/report.hpp>
#include <fathom/report_query.hpp>

namespace fathom::detail {

/// Calls `visit` with the member of a row that holds the metric. @return false where this version does not know it
template <class Row, class Visit>
bool visit_metric(Row& row, PageviewMetric::Value metric, Visit visit) {
    switch (metric) {
    case PageviewMetric::visits: return visit(row.visits), true;
    case PageviewMetric::uniques: return visit(row.uniques), true;
    case PageviewMetric::pageviews: return visit(row.pageviews), true;
    case PageviewMetric::avg_duration: return visit(row.avg_duration), true;
    case PageviewMetric::bounce_rate: return visit(row.bounce_rate), true;
    case PageviewMetric::unrecognized: break;
    }
    return false;
}

/// The same of a report on an event.
template <class Row, class Visit>
bool visit_metric(Row& row, EventMetric::Value metric, Visit visit) {
    switch (metric) {
    case EventMetric::conversions: return visit(row.conversions), true;
    case EventMetric::unique_conversions: return visit(row.unique_conversions), true;
    case EventMetric::value: return visit(row.value), true;
    case EventMetric::unrecognized: break;
    }
    return false;
}

/// Calls `visit(metric, member)` for each metric that this version knows.
template <class Metric, class Row, class Visit>
void visit_metrics(Row& row, Visit visit) {
    for (std::size_t i = 1; i < std::size(Metric::names); ++i) {
        const auto metric = static_cast<typename Metric::Value>(i);
        visit_metric(row, metric, [&](auto& member) { visit(metric, member); });
    }
}

} // namespace fathom::detail
