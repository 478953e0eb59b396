/// @file
/// What a report is asked: metrics, grouping, order, range, filters.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/fields.hpp>
#include <fathom/open_enum.hpp>
#include <fathom/printing.hpp>
#include <fathom/report_range.hpp>

namespace fathom::inline v0_2 {

/// The known values of PageviewMetric.
struct PageviewMetricValues {
    /// What can be counted of pageviews.
    enum class Value : std::uint8_t {
        unrecognized,
        visits,
        uniques,
        pageviews,
        avg_duration,
        bounce_rate,
    };

    static constexpr Value unrecognized = Value::unrecognized; ///< Not known to this version; see text().
    static constexpr Value visits = Value::visits;             ///< Visits.
    static constexpr Value uniques = Value::uniques;           ///< Unique visitors.
    static constexpr Value pageviews = Value::pageviews;       ///< Pages seen.
    static constexpr Value avg_duration = Value::avg_duration; ///< Mean time on the site.
    static constexpr Value bounce_rate = Value::bounce_rate;   ///< Share of visits that saw a single page.

    /// The API's spelling of each.
    static constexpr std::array<std::string_view, 6> names{"",          "visits",       "uniques",
                                                           "pageviews", "avg_duration", "bounce_rate"};

    /// The API's spelling.
    [[nodiscard]] friend constexpr std::string_view to_string(Value known) noexcept {
        return names[static_cast<std::size_t>(known)];
    }
};

/// What can be counted of pageviews. A metric that this version does not know can be named by its text:
/// `PageviewMetric("new_metric")`.
using PageviewMetric = OpenEnum<PageviewMetricValues>;

/// The known values of EventMetric.
struct EventMetricValues {
    /// What can be counted of events.
    enum class Value : std::uint8_t {
        unrecognized,
        conversions,
        unique_conversions,
        value,
    };

    static constexpr Value unrecognized = Value::unrecognized;             ///< Not known to this version; see text().
    static constexpr Value conversions = Value::conversions;               ///< How often the event happened.
    static constexpr Value unique_conversions = Value::unique_conversions; ///< For how many visitors.
    static constexpr Value value = Value::value;                           ///< Sum of its values, in cents.

    /// The API's spelling of each.
    static constexpr std::array<std::string_view, 4> names{"", "conversions", "unique_conversions", "value"};

    /// The API's spelling.
    [[nodiscard]] friend constexpr std::string_view to_string(Value known) noexcept {
        return names[static_cast<std::size_t>(known)];
    }
};

/// What can be counted of events. A metric that this version does not know can be named by its text:
/// `EventMetric("new_metric")`.
using EventMetric = OpenEnum<EventMetricValues>;

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

    /// Equal where both are of one kind and of the same second.
    friend bool operator==(const ReportTime&, const ReportTime&) = default;
    /// Writes `2022-04-01T15:31:00Z` for an instant, `2022-04-01 15:31:00` for a wall-clock time.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ReportTime& time);

private:
    std::chrono::seconds since_epoch_;
    bool is_wall_clock_;
};

/// Stands for a report's time buckets in ascending() and descending().
struct TimeBucket {
    explicit TimeBucket() = default;
    /// There is only one.
    friend bool operator==(const TimeBucket&, const TimeBucket&) = default;
    /// Writes `timestamp`, as the API spells it.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const TimeBucket& bucket);
};
/// See TimeBucket.
inline constexpr TimeBucket time_bucket{};

/// Order of a report's rows by Key: a metric, a Field or the TimeBucket.
template <class Key>
struct Sort {
    Key key;         ///< By what.
    bool descending; ///< Largest first.

    /// Member-wise equality.
    friend bool operator==(const Sort&, const Sort&) = default;
    /// Writes it as the API spells it: `visits:desc`.
    friend std::ostream& operator<<(std::ostream& out, const Sort& sort) {
        out << sort.key;
        detail::write(out, sort.descending ? ":desc" : ":asc");
        return out;
    }
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
    template <std::convertible_to<Metric> Key>
    SortBy(Sort<Key> sort) // NOLINT: meant to convert
        : metric_(std::move(sort.key)), descending_(sort.descending) {}
    /// By a grouping field.
    SortBy(Sort<Field> sort) : field_(std::move(sort.key)), descending_(sort.descending) {} // NOLINT: meant to convert
    /// By the time bucket.
    SortBy(Sort<TimeBucket> sort) : descending_(sort.descending) {} // NOLINT: meant to convert

    /// The metric that is sorted by, if it is one.
    [[nodiscard]] const std::optional<Metric>& metric() const& noexcept { return metric_; }
    /// The metric that is sorted by, moved out.
    [[nodiscard]] std::optional<Metric> metric() && noexcept { return std::move(metric_); }
    /// The grouping field that is sorted by, if it is one.
    [[nodiscard]] const std::optional<Field>& field() const& noexcept { return field_; }
    /// The grouping field that is sorted by, moved out.
    [[nodiscard]] std::optional<Field> field() && noexcept { return std::move(field_); }
    /// Whether the rows are sorted by their time bucket.
    [[nodiscard]] bool is_by_time() const noexcept { return !metric_ && !field_; }
    /// Whether the largest comes first.
    [[nodiscard]] bool is_descending() const noexcept { return descending_; }

    /// Equal where both have the same key and direction.
    friend bool operator==(const SortBy&, const SortBy&) = default;

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
    /// Days or instants to cover; not set: from the first visit until now. Of a range that is counted from today, the
    /// report's query() has the days that it came to.
    std::optional<ReportRange> range{};
    /// In place of `range`: the start, as it is sent; not set: from the first visit on.
    std::optional<ReportTime> date_from{};
    /// In place of `range`: the end, as it is sent, which the service counts as part of the range to the second: midnight
    /// of the 8th gives a row for the 8th. Not set: until now.
    std::optional<ReportTime> date_to{};
    std::optional<int> limit{};    ///< Most rows, 1–1000; grouped reports are cut at 500 without it.
    std::vector<Filter> filters{}; ///< Conditions, all of which must hold.

    /// Member-wise equality.
    friend bool operator==(const ReportQuery&, const ReportQuery&) = default;
};

using PageviewQuery = ReportQuery<PageviewMetric>; ///< A report on pageviews.
using EventQuery = ReportQuery<EventMetric>;       ///< A report on one event.

/// The order as the API spells it, for example `visits:desc`.
[[nodiscard]] FATHOM_EXPORT std::string to_string(const SortBy<PageviewMetric>& sort);
/// The order as the API spells it, for example `conversions:desc`.
[[nodiscard]] FATHOM_EXPORT std::string to_string(const SortBy<EventMetric>& sort);
/// Writes the order as the API spells it.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const SortBy<PageviewMetric>& sort);
/// Writes the order as the API spells it.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const SortBy<EventMetric>& sort);
/// Writes it as JSON, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const PageviewQuery& query);
/// Writes it as JSON, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const EventQuery& query);

} // namespace fathom::inline v0_2
