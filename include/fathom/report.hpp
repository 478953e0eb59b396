/// @file
/// What a report answers: typed rows that know what was asked.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/fields.hpp>
#include <fathom/report_query.hpp>
#include <fathom/result.hpp>
#include <fathom/time_zone.hpp>

namespace fathom::detail {
class GroupedText;
} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// The values of the grouped fields of one row, and of what else the service sent in it that this version does not know, as
/// text: a metric that was asked by its text, a new member. Cheap to copy; a copy may outlive the report.
class FATHOM_EXPORT RowFields {
public:
    /// No fields.
    RowFields() = default;
    /// These fields, for a program's own tests.
    RowFields(std::initializer_list<std::pair<Field, std::string>> values);

    /// The field's value in this row; empty where it is not grouped by, or where the service sent null. The text lives as
    /// long as this or any other row of the report.
    [[nodiscard]] std::string_view operator[](const Field& field) const noexcept;
    /// The field's value in this row; nothing where it is not grouped by, or where the service sent null.
    [[nodiscard]] std::optional<std::string_view> find(const Field& field) const noexcept;
    /// The fields that have a value in this row: those that are grouped by, in their order, then what is not known.
    [[nodiscard]] std::vector<Field> names() const;

    /// Equal where both have the same values, in whatever order.
    friend FATHOM_EXPORT bool operator==(const RowFields& a, const RowFields& b) noexcept;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const RowFields& fields);

private:
    friend class detail::GroupedText;
    RowFields(std::shared_ptr<const detail::GroupedText> texts, std::size_t row) noexcept
        : texts_(std::move(texts)), row_(row) {}

    std::shared_ptr<const detail::GroupedText> texts_{};
    std::size_t row_ = 0;
};

/// Seconds with a fraction.
using Seconds = std::chrono::duration<double>;

/// One row of a report on pageviews. Members that were not asked, or came as null, are empty.
struct PageviewRow {
    std::optional<std::chrono::local_seconds> time{}; ///< Start of the bucket, wall-clock time in the reporting zone.
    std::optional<std::int64_t> visits{};             ///< Visits.
    std::optional<std::int64_t> uniques{};            ///< Unique visitors.
    std::optional<std::int64_t> pageviews{};          ///< Pages seen.
    std::optional<Seconds> avg_duration{};            ///< Mean time on the site.
    /// Share of visits that saw a single page, as the service sends it: a fraction 0–1 until early 2026, a percentage
    /// 0–100 since. Never rescaled here.
    std::optional<double> bounce_rate{};
    RowFields fields{}; ///< Values of the grouped fields: `row.fields[Field::pathname]`.

    /// The value of a metric as a number, seconds for a duration; nothing where it is empty. Of a metric that this version
    /// does not know too: `PageviewMetric("visitors")`.
    [[nodiscard]] FATHOM_EXPORT std::optional<double> get(const PageviewMetric& metric) const;
    /// The same by the API's spelling: `row.get("visits")`; any member of the row that is a number can be read so.
    [[nodiscard]] FATHOM_EXPORT std::optional<double> get(std::string_view name) const;

    /// Member-wise equality.
    friend bool operator==(const PageviewRow&, const PageviewRow&) = default;
    /// Writes it as JSON, with the fields as members; see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const PageviewRow& row);
};

/// One row of a report on an event. Members that were not asked, or came as null, are empty.
struct EventRow {
    std::optional<std::chrono::local_seconds> time{}; ///< Start of the bucket, wall-clock time in the reporting zone.
    std::optional<std::int64_t> conversions{};        ///< How often the event happened.
    std::optional<std::int64_t> unique_conversions{}; ///< For how many visitors.
    std::optional<std::int64_t> value{};              ///< Sum of its values, in cents.
    RowFields fields{};                               ///< Values of the grouped fields.

    /// The value of a metric as a number, seconds for a duration; nothing where it is empty. Of a metric that this version
    /// does not know too: `EventMetric("visitors")`.
    [[nodiscard]] FATHOM_EXPORT std::optional<double> get(const EventMetric& metric) const;
    /// The same by the API's spelling: `row.get("conversions")`; any member of the row that is a number can be read so.
    [[nodiscard]] FATHOM_EXPORT std::optional<double> get(std::string_view name) const;

    /// Member-wise equality.
    friend bool operator==(const EventRow&, const EventRow&) = default;
    /// Writes it as JSON, with the fields as members; see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const EventRow& row);
};

/// The rows of a report, and what was asked for them.
template <class Metric>
class FATHOM_EXPORT Report {
public:
    /// PageviewRow or EventRow.
    using Row = std::conditional_t<std::is_same_v<Metric, PageviewMetric>, PageviewRow, EventRow>;

    /// A report of these rows on that question; for a program's own tests too.
    Report(ReportQuery<Metric> query, std::vector<Row> rows) : query_(std::move(query)), rows_(std::move(rows)) {}

    /// What was asked.
    [[nodiscard]] const ReportQuery<Metric>& query() const& noexcept { return query_; }
    /// What was asked, moved out.
    [[nodiscard]] ReportQuery<Metric> query() && noexcept { return std::move(query_); }
    /// The rows, as the service ordered them.
    [[nodiscard]] const std::vector<Row>& rows() const& noexcept { return rows_; }
    /// The rows, moved out.
    [[nodiscard]] std::vector<Row> rows() && noexcept { return std::move(rows_); }
    /// Number of rows.
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    /// Whether there are no rows.
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
    /// One row, unchecked.
    [[nodiscard]] const Row& operator[](std::size_t index) const& noexcept { return rows_[index]; }
    /// One row, moved out, unchecked.
    [[nodiscard]] Row operator[](std::size_t index) && noexcept { return std::move(rows_[index]); }
    /// The first row.
    [[nodiscard]] auto begin() const noexcept { return rows_.begin(); }
    /// Behind the last row.
    [[nodiscard]] auto end() const noexcept { return rows_.end(); }

    /// How many rows the service gives at most for this question: the asked limit; without one 500 where the report is
    /// grouped; nothing where it is a single row.
    [[nodiscard]] std::optional<std::size_t> row_limit() const noexcept;
    /// Whether there are as many rows as the limit in force allows, so that the service may have left some out without a
    /// word. Ask again with a larger limit (up to 1000), a shorter range or more filters.
    [[nodiscard]] bool possibly_truncated() const noexcept {
        return !is_whole_ && row_limit() && rows_.size() >= *row_limit();
    }

    /// The same report with the buckets that the service left out since nothing happened in them: asked counts are 0,
    /// avg_duration and bounce_rate stay empty. Rows come in order of time (latest first if that was asked), and grouped
    /// reports get every bucket for each combination of values that occurs. Rows that share a bucket (the hour that comes
    /// twice when clocks go back) are all kept. A row without a time is an error of kind decode.
    ///
    /// The buckets are those of the query's `range` of days, or from `date_from` to `date_to`. Without `date_from` they begin
    /// with the first row. Rows outside of the range are kept.
    ///
    /// A report of a client knows the rules of its zone where the query names one that the client has rules for, and where the
    /// client knew the site's when it made the request: its range is counted from today, or SitesModule::time_zone() was
    /// called before. Then instants are placed in their buckets, and no bucket is added that the clocks skip, so that a
    /// spring day has 23 hours. Without the rules, the hour that clocks skip is filled like any other.
    /// @return ErrorKind::invalid_argument where the buckets cannot be known (instants where the rules of the zone are not, no
    ///         `date_to`, no `date_from` and no row): name the days. Also where the report has no date_grouping, or would get
    ///         over a million rows; ErrorKind::truncated where it is possibly_truncated(): a missing bucket then proves
    ///         nothing
    [[nodiscard]] Result<Report> fill_gaps() const;
    /// The same with the rules of the reporting zone, which SitesModule::time_zone() has.
    /// @return ErrorKind::invalid_argument also where the query names another zone
    [[nodiscard]] Result<Report> fill_gaps_in(const TimeZone& zone) const;
    /// fill_gaps() for the days from `first` to `last`, both included, of the reporting zone, whatever range was asked.
    [[nodiscard]] Result<Report> fill_days(std::chrono::year_month_day first, std::chrono::year_month_day last) const;
    /// The same with the rules of the reporting zone.
    /// @return ErrorKind::invalid_argument also where the query names another zone
    [[nodiscard]] Result<Report> fill_days(std::chrono::year_month_day first, std::chrono::year_month_day last,
                                           const TimeZone& zone) const;

    /// Equal where the question and all rows are, in their order.
    friend bool operator==(const Report& a, const Report& b) {
        return a.query_ == b.query_ && a.rows_ == b.rows_ && a.is_whole_ == b.is_whole_;
    }

private:
    using Zone = std::shared_ptr<const TimeZone>; // null where its rules are not known

    friend struct detail::Access;
    /// Of rows that the library has seen to be all, or not, however many they are, in a zone that it knows.
    Report(ReportQuery<Metric> query, std::vector<Row> rows, bool is_whole, Zone zone)
        : query_(std::move(query)), rows_(std::move(rows)), is_whole_(is_whole), zone_(std::move(zone)) {}

    [[nodiscard]] std::optional<Error> refusal_to_fill() const;
    [[nodiscard]] std::optional<Error> refusal_of(const TimeZone& zone) const;
    [[nodiscard]] Result<Report> fill_range(const Zone& zone) const;
    [[nodiscard]] Result<Report> fill_these_days(std::chrono::year_month_day first, std::chrono::year_month_day last,
                                                 const Zone& zone) const;
    [[nodiscard]] Result<Report> fill(std::chrono::local_seconds first, std::chrono::local_seconds last,
                                      const Zone& zone) const;

    ReportQuery<Metric> query_;
    std::vector<Row> rows_;
    bool is_whole_ = false; // fill_gaps(), or a history, has seen that nothing was cut
    Zone zone_{};
};

#if !defined(_WIN32) // Elsewhere what a template takes would hide these two, which are in the library.
extern template class FATHOM_EXPORT Report<PageviewMetric>;
extern template class FATHOM_EXPORT Report<EventMetric>;
#endif
using PageviewReport = Report<PageviewMetric>; ///< Answer of Aggregations::pageviews().
using EventReport = Report<EventMetric>;       ///< Answer of Aggregations::events().

/// Writes the rows as a JSON array, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const PageviewReport& report);
/// Writes the rows as a JSON array, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const EventReport& report);

} // namespace fathom::inline v0_2
