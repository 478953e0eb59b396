#include <fathom/report_query.hpp>

namespace fathom::inline v0_2 {

namespace {

template <class Metric>
std::string sort_text(const SortBy<Metric>& sort) {
    std::string_view key = "timestamp"; // although the rows call it `date`
    if (sort.metric()) key = sort.metric()->text();
    if (sort.field()) key = sort.field()->text();
    return std::string(key) + (sort.is_descending() ? ":desc" : ":asc");
}

} // namespace

std::string to_string(const SortBy<PageviewMetric>& sort) { return sort_text(sort); }
std::string to_string(const SortBy<EventMetric>& sort) { return sort_text(sort); }

std::string_view to_string(DateGrouping grouping) noexcept {
    switch (grouping) {
    case DateGrouping::hour: return "hour";
    case DateGrouping::day: return "day";
    case DateGrouping::month: return "month";
    case DateGrouping::year: return "year";
    }
    return "day";
}

} // namespace fathom::inline v0_2
