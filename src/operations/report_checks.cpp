#include "report_checks.hpp"

#include <algorithm>

#include "../reports/field_filters.hpp"
#include "../reports/limits.hpp"
#include "../reports/range.hpp"

namespace fathom::detail {

namespace {

using std::chrono::seconds;

constexpr std::chrono::days longest_hourly_range{7};

template <class List>
bool has_duplicates(const List& list) {
    for (auto item = list.begin(); item != list.end(); ++item) {
        if (std::find(std::next(item), list.end(), *item) != list.end()) return true;
    }
    return false;
}

bool is_equality(FilterOperator comparison) {
    return comparison == FilterOperator::is || comparison == FilterOperator::is_not;
}

void check_filter(Checks& checks, const Filter& filter) {
    checks.require(!filter.field.text().empty(), "filters", "has a filter without a field");
    checks.require(filters_of(filter.field) != FieldFilters::none, "filters",
                   "cannot use keyword, which groups but does not filter");
    checks.require(is_equality(filter.comparison) || filters_of(filter.field) != FieldFilters::equality, "filters",
                   std::string("compares ") + std::string(filter.field.text()) + " by '" +
                       std::string(to_string(filter.comparison)) + "', but the service takes only == and != for it");
    checks.counted_text("filters", filter.value);
}

void check_grouping(Checks& checks, const FieldGrouping& grouping) {
    checks.require(!has_duplicates(grouping.fields()), "field_grouping", "names a field twice");
    for (const Field& field : grouping.fields()) {
        checks.require(!field.text().empty() && field.text().find(',') == std::string_view::npos, "field_grouping",
                       "has a field without a proper name");
        checks.require(field != Field::domain, "field_grouping", "cannot use domain, which filters but does not group");
    }
}

template <class Metric>
bool is_asked(const ReportQuery<Metric>& query, const SortBy<Metric>& sort) {
    if (sort.metric()) return std::ranges::count(query.aggregates, *sort.metric()) > 0;
    if (sort.field()) return std::ranges::count(query.field_grouping.fields(), *sort.field()) > 0;
    return query.date_grouping.has_value();
}

/// How far the end lies behind the start, where both are of one kind.
std::optional<seconds> length_of_range(const ReportTime& from, const ReportTime& to) {
    if (from.instant() && to.instant()) return *to.instant() - *from.instant();
    if (from.wall_clock() && to.wall_clock()) return *to.wall_clock() - *from.wall_clock();
    return std::nullopt;
}

/// Whether the time can be written; what cannot may be so far off that sums with it overflow.
bool check_time(Checks& checks, std::string_view field, const ReportTime& time) {
    using namespace std::chrono;
    const seconds since_epoch =
        time.instant() ? time.instant()->time_since_epoch() : time.wall_clock()->time_since_epoch();
    const seconds end_of_time = sys_days{year{10'000} / January / 1}.time_since_epoch();
    const seconds start_of_time = sys_days{year{1} / January / 1}.time_since_epoch();
    const bool can_be_written = since_epoch >= start_of_time && since_epoch < end_of_time;
    checks.require(can_be_written, field, "must have a year of four digits");
    return can_be_written;
}

void check_hours(Checks& checks, const std::optional<DateGrouping>& grouping, seconds length) {
    checks.require(grouping != DateGrouping::hour || length <= longest_hourly_range, "date_grouping",
                   "by hour takes at most 7 days; ask for shorter ranges one after the other");
}

/// Whether the range has a start and an end behind it.
bool check_order(Checks& checks, const ReportRange& range) {
    if (const auto& relative = range.relative()) {
        checks.refuse("range", is_valid(*relative) ? "is counted from today, which must be known first"
                                                   : "counts back to no day that there is; it takes at least one day, "
                                                     "week or month, and few enough for the calendar");
        return false;
    }
    if (const auto& days = range.days()) {
        const bool exist = days->first.ok() && days->last.ok();
        const bool is_ordered = exist && days->first <= days->last;
        checks.require(exist, "range", "has an invalid date");
        checks.require(is_ordered || !exist, "range", "has its last day before its first");
        return is_ordered;
    }
    const bool is_ordered = range.instants()->from < range.instants()->until;
    checks.require(is_ordered, "range", "is empty: the end, which is not part of it, must lie behind the start");
    return is_ordered;
}

template <class Metric>
void check_range(Checks& checks, const ReportQuery<Metric>& query) {
    checks.require(!query.date_from && !query.date_to, "range", "replaces date_from and date_to; set one or the other");
    if (!check_order(checks, *query.range)) return;
    const RangeEnds ends = ends_of(*query.range);
    if (!check_time(checks, "range", ends.from) || !check_time(checks, "range", ends.to)) return;
    check_hours(checks, query.date_grouping, length_of_range(ends.from, ends.to).value());
}

template <class Metric>
void check_ends(Checks& checks, const ReportQuery<Metric>& query) {
    const bool has_start = query.date_from && check_time(checks, "date_from", *query.date_from);
    const bool has_end = query.date_to && check_time(checks, "date_to", *query.date_to);
    if (!has_start || !has_end) return;
    const std::optional<seconds> length = length_of_range(*query.date_from, *query.date_to);
    if (!length) return;
    checks.require(length->count() >= 0, "date_to", "lies before date_from");
    check_hours(checks, query.date_grouping, *length);
}

} // namespace

template <class Metric>
void check(Checks& checks, const ReportQuery<Metric>& query) {
    checks.require(!query.aggregates.empty(), "aggregates", "is empty; name at least one metric");
    checks.require(!has_duplicates(query.aggregates), "aggregates", "names a metric twice");
    check_grouping(checks, query.field_grouping);
    if (query.sort_by) {
        checks.require(is_asked(query, *query.sort_by), "sort_by", "must be one of the asked aggregates or groupings");
    }
    if (query.timezone) checks.timezone("timezone", *query.timezone);
    if (query.range) {
        check_range(checks, query);
    } else {
        check_ends(checks, query);
    }
    checks.require(!query.limit || (*query.limit >= 1 && *query.limit <= largest_report), "limit",
                   "must lie between 1 and " + std::to_string(largest_report));
    for (const Filter& filter : query.filters) check_filter(checks, filter);
}

template void check(Checks& checks, const PageviewQuery& query);
template void check(Checks& checks, const EventQuery& query);

} // namespace fathom::detail
