#include <fathom/report.hpp>

#include <algorithm>
#include <iterator>
#include <map>

#include "buckets.hpp"
#include "limits.hpp"

namespace fathom {

namespace {

using std::chrono::local_seconds;

constexpr std::size_t most_filled_rows = 1'000'000;

/// The wall-clock reading of an end of the range, where it can be known without the rules of a time zone.
template <class Metric>
std::optional<local_seconds> wall_clock(const ReportQuery<Metric>& query, const std::optional<ReportTime>& time) {
    if (!time) return std::nullopt;
    if (time->wall_clock()) return time->wall_clock();
    const bool is_utc = query.timezone == "UTC" || query.timezone == "Etc/UTC";
    if (!is_utc) return std::nullopt;
    return local_seconds(time->instant()->time_since_epoch());
}

/// The values of the grouped fields of a row, as a key.
template <class Metric, class Row>
std::vector<std::optional<std::string_view>> group_of(const ReportQuery<Metric>& query, const Row& row) {
    std::vector<std::optional<std::string_view>> values;
    for (const Field& field : query.field_grouping.fields()) values.push_back(row.fields.find(field));
    return values;
}

PageviewRow empty_row(const PageviewQuery& query) {
    PageviewRow row;
    for (const PageviewMetric metric : query.aggregates) {
        if (metric == PageviewMetric::visits) row.visits = 0;
        if (metric == PageviewMetric::uniques) row.uniques = 0;
        if (metric == PageviewMetric::pageviews) row.pageviews = 0;
    }
    return row;
}

EventRow empty_row(const EventQuery& query) {
    EventRow row;
    for (const EventMetric metric : query.aggregates) {
        if (metric == EventMetric::conversions) row.conversions = 0;
        if (metric == EventMetric::unique_conversions) row.unique_conversions = 0;
        if (metric == EventMetric::value) row.value = 0;
    }
    return row;
}

/// All rows of one combination of grouped values, by bucket.
template <class Row>
struct Group {
    RowFields fields;
    std::multimap<local_seconds, Row> rows{};
};

template <class Metric>
using Groups = std::vector<Group<typename Report<Metric>::Row>>;

/// The rows by group, in the order in which the groups first come.
template <class Metric>
Groups<Metric> groups_of(const Report<Metric>& report, DateGrouping grouping) {
    Groups<Metric> groups;
    std::map<std::vector<std::optional<std::string_view>>, std::size_t> index;
    for (const auto& row : report) {
        const auto [place, is_new] = index.try_emplace(group_of(report.query(), row), groups.size());
        if (is_new) groups.push_back({row.fields});
        if (row.time) groups[place->second].rows.emplace(detail::bucket_of(*row.time, grouping), row);
    }
    const bool is_plain = report.query().field_grouping.empty();
    if (groups.empty() && is_plain) groups.emplace_back();
    return groups;
}

/// The first and the last bucket; nothing where neither the query nor any row tells.
template <class Metric>
std::optional<std::pair<local_seconds, local_seconds>> range_of(const Report<Metric>& report, DateGrouping grouping) {
    auto first = wall_clock(report.query(), report.query().date_from);
    auto last = wall_clock(report.query(), report.query().date_to);
    for (const auto& row : report) {
        if (!row.time) continue;
        first = std::min(first.value_or(*row.time), *row.time);
        last = std::max(last.value_or(*row.time), *row.time);
    }
    if (!first || !last) return std::nullopt;
    return std::pair(detail::bucket_of(*first, grouping), detail::bucket_of(*last, grouping));
}

/// Appends the rows that a group has in a bucket, or one that says that nothing happened.
template <class Metric, class Row>
void append_bucket(std::vector<Row>& filled, Group<Row>& group, local_seconds bucket,
                   const ReportQuery<Metric>& query) {
    const auto [first, last] = group.rows.equal_range(bucket);
    for (auto found = first; found != last; ++found) filled.push_back(std::move(found->second));
    if (first != last) return;
    Row row = empty_row(query);
    row.fields = group.fields;
    row.time = bucket;
    filled.push_back(std::move(row));
}

} // namespace

template <class Metric>
std::optional<std::size_t> Report<Metric>::row_limit() const noexcept {
    if (query_.limit) return static_cast<std::size_t>(*query_.limit);
    const bool is_grouped = query_.date_grouping || !query_.field_grouping.empty();
    return is_grouped ? std::optional<std::size_t>(detail::default_report_limit) : std::nullopt;
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill_gaps() const {
    if (!query_.date_grouping) {
        return invalid_argument("date_grouping", "is not set, so the report has no buckets that could be missing");
    }
    if (possibly_truncated()) {
        return Error{.kind = ErrorKind::truncated,
                     .message =
                         "the report has as many rows as its limit allows, so a missing bucket may have been cut "
                         "off; ask with a larger limit or a shorter range"};
    }
    const DateGrouping grouping = *query_.date_grouping;
    const auto range = range_of(*this, grouping);
    if (!range) return *this;

    Groups<Metric> groups = groups_of(*this, grouping);
    std::vector<Row> filled;
    std::vector<Row> timeless;
    std::ranges::copy_if(rows_, std::back_inserter(timeless), [](const Row& row) { return !row.time; });
    for (local_seconds bucket = range->first; bucket <= range->second; bucket = detail::next_bucket(bucket, grouping)) {
        if (filled.size() + groups.size() > most_filled_rows) {
            return invalid_argument("date_from", "leaves more than a million buckets; ask for a shorter range");
        }
        for (auto& group : groups) append_bucket(filled, group, bucket, query_);
    }
    const bool is_latest_first = query_.sort_by && query_.sort_by->is_descending() && query_.sort_by->is_by_time();
    if (is_latest_first) std::ranges::reverse(filled);
    std::ranges::move(timeless, std::back_inserter(filled));
    Report report(query_, std::move(filled));
    report.is_filled_ = true;
    return report;
}

template class Report<PageviewMetric>;
template class Report<EventMetric>;

} // namespace fathom
