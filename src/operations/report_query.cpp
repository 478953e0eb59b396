#include <fathom/report_query.hpp>

namespace fathom {

std::string_view to_string(PageviewMetric metric) noexcept {
    switch (metric) {
    case PageviewMetric::visits: return "visits";
    case PageviewMetric::uniques: return "uniques";
    case PageviewMetric::pageviews: return "pageviews";
    case PageviewMetric::avg_duration: return "avg_duration";
    case PageviewMetric::bounce_rate: return "bounce_rate";
    }
    return "visits";
}

std::string_view to_string(EventMetric metric) noexcept {
    switch (metric) {
    case EventMetric::conversions: return "conversions";
    case EventMetric::unique_conversions: return "unique_conversions";
    case EventMetric::value: return "value";
    }
    return "conversions";
}

std::string_view to_string(DateGrouping grouping) noexcept {
    switch (grouping) {
    case DateGrouping::hour: return "hour";
    case DateGrouping::day: return "day";
    case DateGrouping::month: return "month";
    case DateGrouping::year: return "year";
    }
    return "day";
}

} // namespace fathom
