#include <fathom/report.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "../zones/utc.hpp"
#include "buckets.hpp"
#include "grouped_text.hpp"
#include "limits.hpp"
#include "metrics.hpp"
#include "range.hpp"

namespace fathom::inline v0_2 {

namespace {

using std::chrono::local_seconds;

constexpr std::size_t most_filled_rows = 1'000'000;

/// The values of the grouped fields of a row, as a key.
template <class Metric, class Row>
std::vector<std::optional<std::string_view>> group_of(const ReportQuery<Metric>& query, const Row& row) {
    std::vector<std::optional<std::string_view>> values;
    for (const Field& field : query.field_grouping.fields()) values.push_back(row.fields.find(field));
    return values;
}

void set_to_zero(std::optional<std::int64_t>& count) { count = 0; }
void set_to_zero(std::optional<double>&) {}  // a share of no visits
void set_to_zero(std::optional<Seconds>&) {} // a mean of none

/// A row that says that nothing happened.
template <class Metric>
typename Report<Metric>::Row empty_row(const ReportQuery<Metric>& query) {
    typename Report<Metric>::Row row;
    for (const Metric& metric : query.aggregates) {
        detail::visit_metric(row, metric, [](auto& member) { set_to_zero(member); });
    }
    return row;
}

/// The values of the grouped fields of a row, without what else the service sent in it.
template <class Metric, class Row>
RowFields grouped_fields(const ReportQuery<Metric>& query, const Row& row) {
    const std::vector<Field>& fields = query.field_grouping.fields();
    const auto texts = std::make_shared<detail::GroupedText>(fields);
    const std::size_t number = texts->add_row();
    for (std::size_t column = 0; column < fields.size(); ++column) {
        if (const auto text = row.fields.find(fields[column])) texts->set(column, *text);
    }
    return detail::GroupedText::fields_of(texts, number);
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
        if (is_new) groups.push_back({grouped_fields(report.query(), row)});
        groups[place->second].rows.emplace(detail::bucket_of(row.time.value(), grouping), row);
    }
    const bool is_plain = report.query().field_grouping.empty();
    if (groups.empty() && is_plain) groups.emplace_back();
    return groups;
}

/// The first and the last moment of a range, by the clock on the wall.
struct WallClockRange {
    local_seconds first;
    local_seconds last;
};

/// What stands on the clock on the wall at an end of the range; nothing where the rules of a time zone would be needed.
template <class Metric>
std::optional<local_seconds> wall_clock(const ReportQuery<Metric>& query, const ReportTime& time,
                                        const TimeZone* zone) {
    if (time.wall_clock()) return time.wall_clock();
    if (zone) return zone->to_local(*time.instant());
    if (!query.timezone || !detail::is_utc(*query.timezone)) return std::nullopt;
    return local_seconds(time.instant()->time_since_epoch());
}

constexpr const char* remedy =
    "; request whole days with .range = between(first, last), or name the days: fill_days(first, last)";

std::optional<Error> flaw_of_days(std::chrono::year_month_day first, std::chrono::year_month_day last) {
    if (!first.ok() || !last.ok()) return invalid_argument("range", "has an invalid date");
    if (last < first) return invalid_argument("range", "has its last day before its first");
    return std::nullopt;
}

/// The earliest and the latest time that the clocks show between two instants, both included. Where they go back, that is
/// neither what they show first nor last.
WallClockRange shown_between(const TimeZone& zone, std::chrono::sys_seconds from, std::chrono::sys_seconds to) {
    using namespace std::chrono;
    constexpr hours longest_change{26};
    constexpr minutes shortest_period{15};
    WallClockRange shown{zone.to_local(from), zone.to_local(to)};
    for (minutes step{0}; step < longest_change; step += shortest_period) {
        shown.first = std::min(shown.first, zone.to_local(std::min(from + step, to)));
        shown.last = std::max(shown.last, zone.to_local(std::max(to - step, from)));
    }
    return shown;
}

/// What the report covers. Without a start that is from the first visit on, which is the first row.
template <class Metric>
Result<WallClockRange> range_of(const Report<Metric>& report, const TimeZone* zone) {
    const ReportQuery<Metric>& query = report.query();
    std::optional<ReportTime> from = query.date_from;
    std::optional<ReportTime> to = query.date_to;
    if (query.range && query.range->relative()) {
        return invalid_argument("range", std::string("is counted from a day that the report does not know") + remedy);
    }
    if (const auto days = query.range ? query.range->days() : std::nullopt) {
        if (auto refusal = flaw_of_days(days->first, days->last)) return *std::move(refusal);
    }
    if (query.range) {
        const detail::RangeEnds ends = detail::ends_of(*query.range);
        from = ends.from;
        to = ends.to;
    }
    if (!to) return invalid_argument("date_to", std::string("is not set, so the last bucket is not known") + remedy);
    const auto last = wall_clock(query, *to, zone);
    auto first = from ? wall_clock(query, *from, zone) : std::nullopt;
    if (!last || (from && !first)) {
        return invalid_argument("timezone",
                                std::string("has no rules that are known here, so an instant cannot be placed in a "
                                            "bucket; give them: fill_gaps_in(zone)") +
                                    remedy);
    }
    if (zone && from && from->instant() && to->instant()) return shown_between(*zone, *from->instant(), *to->instant());
    for (const auto& row : report) {
        if (!from) first = std::min(first.value_or(row.time.value()), row.time.value());
    }
    if (!first) {
        return invalid_argument("date_from",
                                std::string("is not set, and no row tells where the buckets begin") + remedy);
    }
    return WallClockRange{*first, *last};
}

/// A bucket of a filled report.
struct Bucket {
    local_seconds start;
    bool is_in_range; ///< Otherwise it has the rows that came and no others.
};

/// The buckets of the range, and around them those of rows that lie outside of it, in order of time.
template <class Row>
Result<std::vector<Bucket>> buckets_of(const std::vector<Group<Row>>& groups, local_seconds first, local_seconds last,
                                       DateGrouping grouping, const TimeZone* zone) {
    if (detail::buckets_between(first, last, grouping) > most_filled_rows / std::max<std::size_t>(groups.size(), 1)) {
        return invalid_argument("range", "comes to more than a million rows; request a shorter range");
    }
    std::set<local_seconds> before;
    std::set<local_seconds> behind;
    for (const Group<Row>& group : groups) {
        for (const auto& [start, row] : group.rows) {
            if (start < first) before.insert(start);
            if (start > last) behind.insert(start);
        }
    }
    std::vector<Bucket> buckets;
    buckets.reserve(before.size() + detail::buckets_between(first, last, grouping) + behind.size());
    for (const local_seconds start : before) buckets.push_back({start, false});
    for (local_seconds start = first; start <= last; start = detail::next_bucket(start, grouping)) {
        const bool is_skipped = zone && zone->skips(start, detail::next_bucket(start, grouping));
        buckets.push_back({start, !is_skipped});
    }
    for (const local_seconds start : behind) buckets.push_back({start, false});
    return buckets;
}

/// Appends the rows that a group has in a bucket, or one that says that nothing happened.
template <class Metric, class Row>
void append_bucket(std::vector<Row>& filled, Group<Row>& group, const Bucket& bucket,
                   const ReportQuery<Metric>& query) {
    const auto [first, last] = group.rows.equal_range(bucket.start);
    for (auto found = first; found != last; ++found) filled.push_back(std::move(found->second));
    if (first != last || !bucket.is_in_range) return;
    Row row = empty_row(query);
    row.fields = group.fields;
    row.time = bucket.start;
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
std::optional<Error> Report<Metric>::refusal_to_fill() const {
    if (!query_.date_grouping) {
        return invalid_argument("date_grouping", "is not set, so the report has no buckets that could be missing");
    }
    if (possibly_truncated()) {
        return Error{.kind = ErrorKind::truncated,
                     .message =
                         "the report has as many rows as its limit allows, so a missing bucket may have been cut "
                         "off; ask with a larger limit or a shorter range"};
    }
    if (std::ranges::any_of(rows_, [](const Row& row) { return !row.time; })) {
        return Error{.kind = ErrorKind::decode,
                     .message =
                         "the report has a row whose time is missing or cannot be read, so any bucket may be its"};
    }
    return std::nullopt;
}

template <class Metric>
std::optional<Error> Report<Metric>::refusal_of(const TimeZone& zone) const {
    const auto is_same = [&](const std::string& name) {
        return name == zone.name() || (detail::is_utc(name) && detail::is_utc(zone.name()));
    };
    if (!query_.timezone || is_same(*query_.timezone)) return std::nullopt;
    return invalid_argument("zone", "is " + zone.name() + ", but the report was counted in " + *query_.timezone);
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill_gaps() const {
    return fill_range(zone_);
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill_gaps_in(const TimeZone& zone) const {
    if (std::optional<Error> refusal = refusal_of(zone)) return *std::move(refusal);
    return fill_range(std::make_shared<const TimeZone>(zone));
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill_range(const Zone& zone) const {
    if (std::optional<Error> refusal = refusal_to_fill()) return *std::move(refusal);
    const auto range = range_of(*this, zone.get());
    if (!range) return range.error();
    return fill(range->first, range->last, zone);
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill_days(std::chrono::year_month_day first,
                                                 std::chrono::year_month_day last) const {
    return fill_these_days(first, last, zone_);
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill_days(std::chrono::year_month_day first, std::chrono::year_month_day last,
                                                 const TimeZone& zone) const {
    if (std::optional<Error> refusal = refusal_of(zone)) return *std::move(refusal);
    return fill_these_days(first, last, std::make_shared<const TimeZone>(zone));
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill_these_days(std::chrono::year_month_day first,
                                                       std::chrono::year_month_day last, const Zone& zone) const {
    using namespace std::chrono;
    if (std::optional<Error> refusal = refusal_to_fill()) return *std::move(refusal);
    if (std::optional<Error> refusal = flaw_of_days(first, last)) return *std::move(refusal);
    return fill(local_days{first}, local_days{last} + hours{24} - seconds{1}, zone);
}

template <class Metric>
Result<Report<Metric>> Report<Metric>::fill(local_seconds first, local_seconds last, const Zone& zone) const {
    const DateGrouping grouping = *query_.date_grouping;
    Groups<Metric> groups = groups_of(*this, grouping);
    const auto buckets =
        buckets_of(groups, detail::bucket_of(first, grouping), detail::bucket_of(last, grouping), grouping, zone.get());
    if (!buckets) return buckets.error();

    std::vector<Row> filled;
    for (const Bucket& bucket : *buckets) {
        for (auto& group : groups) append_bucket(filled, group, bucket, query_);
    }
    const bool is_latest_first = query_.sort_by && query_.sort_by->is_descending() && query_.sort_by->is_by_time();
    if (is_latest_first) std::ranges::reverse(filled);
    return Report(query_, std::move(filled), true, zone);
}

template class Report<PageviewMetric>;
template class Report<EventMetric>;

} // namespace fathom::inline v0_2
