/// @file
/// What a report is asked: metrics, grouping, order, range, filters.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/fields.hpp>
#include <fathom/report_range.hpp>

namespace fathom {

/// What can be counted of pageviews.
enum class PageviewMetric : std::uint8_t {
    visits,       ///< Visits.
    uniques,      ///< Unique visitors.
    pageviews,    ///< Pages seen.
    avg_duration, ///< Mean time on the site.
    bounce_rate,  ///< Share of visits that saw a single page.
};

/// What can be counted of events.
enum class EventMetric : std::uint8_t {
    conversions,        ///< How often the event happened.
    unique_conversions, ///< For how many visitors.
    value,              ///< Sum of its values, in cents.
};

/// The metric as the API spells it.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(PageviewMetric metric) noexcept;
/// The metric as the API spells it.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(EventMetric metric) noexcept;

/// The length of a report's time buckets.
enum class DateGrouping : std::uint8_t {
    hour, ///< For ranges of at most 7 days.
    day,
    month,
    year,
};

/// The grouping as the API spells it.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(DateGrouping grouping) noexcept;

/// An end of a report's range: an instant, or a wall-clock time in the reporting time zone.
class ReportTime {
public:
    /// An instant (also a `sys_days`); a fraction of a second is dropped.
    template <class Duration>
    ReportTime(std::chrono::sys_time<Duration> instant) // NOLINT: meant to convert
        : since_epoch_(std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch())), is_wall_clock_(false) {}
    /// A wall-clock time (also a `local_days`) in the query's `timezone`, or in the site's own.
    template <class Duration>
    ReportTime(std::chrono::local_time<Duration> wall_clock) // NOLINT: meant to convert
        : since_epoch_(std::chrono::floor<std::chrono::seconds>(wall_clock.time_since_epoch())), is_wall_clock_(true) {}

    /// The instant, or nothing for a wall-clock time.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> instant() const noexcept {
        return is_wall_clock_ ? std::nullopt : std::optional(std::chrono::sys_seconds(since_epoch_));
    }
    /// The wall-clock time, or nothing for an instant.
    [[nodiscard]] std::optional<std::chrono::local_seconds> wall_clock() const noexcept {
        return is_wall_clock_ ? std::optional(std::chrono::local_seconds(since_epoch_)) : std::nullopt;
    }

private:
    std::chrono::seconds since_epoch_;
    bool is_wall_clock_;
};

/// Stands for a report's time buckets in ascending() and descending().
struct TimeBucket {
    explicit TimeBucket() = default;
};
/// See TimeBucket.
inline constexpr TimeBucket time_bucket{};

/// Order of a report's rows by Key: a metric, a Field or the TimeBucket.
template <class Key>
struct Sort {
    Key key;         ///< By what.
    bool descending; ///< Largest first.
};

/// From small to large, from A to Z, from old to new: `ascending(time_bucket)`.
template <class Key>
[[nodiscard]] auto ascending(Key key) {
    return Sort<std::conditional_t<std::is_convertible_v<Key, Field>, Field, Key>>{std::move(key), false};
}
/// From large to small: `descending(PageviewMetric::visits)`.
template <class Key>
[[nodiscard]] auto descending(Key key) {
    return Sort<std::conditional_t<std::is_convertible_v<Key, Field>, Field, Key>>{std::move(key), true};
}

/// Order of the rows of a report that counts Metric. The key must be among the metrics or groupings that are asked.
template <class Metric>
class SortBy {
public:
    /// By a metric.
    SortBy(Sort<Metric> sort) : metric_(sort.key), descending_(sort.descending) {} // NOLINT: meant to convert
    /// By a grouping field.
    SortBy(Sort<Field> sort) : field_(std::move(sort.key)), descending_(sort.descending) {} // NOLINT: meant to convert
    /// By the time bucket.
    SortBy(Sort<TimeBucket> sort) : descending_(sort.descending) {} // NOLINT: meant to convert

    /// The metric that is sorted by, if it is one.
    [[nodiscard]] const std::optional<Metric>& metric() const noexcept { return metric_; }
    /// The grouping field that is sorted by, if it is one.
    [[nodiscard]] const std::optional<Field>& field() const noexcept { return field_; }
    /// Whether the rows are sorted by their time bucket.
    [[nodiscard]] bool is_by_time() const noexcept { return !metric_ && !field_; }
    /// Whether the largest comes first.
    [[nodiscard]] bool is_descending() const noexcept { return descending_; }

private:
    std::optional<Metric> metric_{};
    std::optional<Field> field_{};
    bool descending_;
};

/// What a report is asked. Only `aggregates` is required.
template <class Metric>
struct ReportQuery {
    std::vector<Metric> aggregates;              ///< What to count, at least one, none twice.
    std::optional<DateGrouping> date_grouping{}; ///< One row per bucket of time.
    FieldGrouping field_grouping{};              ///< One row per value of the dimension(s).
    std::optional<SortBy<Metric>> sort_by{};     ///< Order of the rows; the service promises none by itself.
    std::optional<std::string> timezone{};       ///< IANA name; where it is not set, the site's own zone.
    /// Days or instants to cover; not set: from the first visit until now.
    std::optional<ReportRange> range{};
    /// In place of `range`: the start, as it is sent; not set: from the first visit on.
    std::optional<ReportTime> date_from{};
    /// In place of `range`: the end, as it is sent, which the service counts as part of the range to the second: midnight
    /// of the 8th gives a row for the 8th. Not set: until now.
    std::optional<ReportTime> date_to{};
    std::optional<int> limit{};    ///< Most rows, 1–1000; grouped reports are cut at 500 without it.
    std::vector<Filter> filters{}; ///< Conditions, all of which must hold.
};

using PageviewQuery = ReportQuery<PageviewMetric>; ///< A report on pageviews.
using EventQuery = ReportQuery<EventMetric>;       ///< A report on one event.

} // namespace fathom
