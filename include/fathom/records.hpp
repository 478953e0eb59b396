/// @file
/// Rows and resources as JSON, JSON Lines and CSV, and back.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fathom/account.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/export.hpp>
#include <fathom/milestones.hpp>
#include <fathom/printing.hpp>
#include <fathom/report.hpp>
#include <fathom/result.hpp>
#include <fathom/sites.hpp>

namespace fathom::inline v0_2 {

/// Row of a report.
template <class T>
concept ReportRow = std::is_same_v<T, PageviewRow> || std::is_same_v<T, EventRow>;

/// What fits into a line of a table.
template <class T>
concept FlatRecord =
    ReportRow<T> || std::is_same_v<T, Account> || std::is_same_v<T, Token> || std::is_same_v<T, Site> ||
    std::is_same_v<T, SiteCreate> || std::is_same_v<T, SiteUpdate> || std::is_same_v<T, Event> ||
    std::is_same_v<T, EventCreate> || std::is_same_v<T, EventUpdate> || std::is_same_v<T, Milestone> ||
    std::is_same_v<T, MilestoneCreate> || std::is_same_v<T, MilestoneUpdate> || std::is_same_v<T, CurrentPage> ||
    std::is_same_v<T, CurrentReferrer>;

/// What can be written as JSON and read again. CurrentVisitors holds lists, so it is no line of a table and has no CSV; its
/// `content` and `referrers` are ranges of such lines.
template <class T>
concept Record = FlatRecord<T> || std::is_same_v<T, CurrentVisitors>;

/// A vector, an array, a view or any other range of these.
template <class Range, class T>
concept RangeOf = std::is_same_v<std::remove_cvref_t<decltype(*std::begin(std::declval<Range&>()))>, T>;

/// The record as JSON on one line, with the names of the API; what is not set is left out. Unlike `operator<<`, which is for
/// people, it is what from_json() reads, and it holds passwords.
template <Record T>
[[nodiscard]] FATHOM_EXPORT std::string to_json(const T& record);
/// A text as JSON, in quotation marks, for programs that put their own JSON together. What is not UTF-8 becomes U+FFFD.
[[nodiscard]] FATHOM_EXPORT std::string to_json(std::string_view text);
/// Reads what to_json() wrote, or an answer of the API. Of a row, members that are no metric are its fields.
/// @return ErrorKind::decode names the member that cannot be read
template <Record T>
[[nodiscard]] FATHOM_EXPORT Result<T> from_json(std::string_view json);

/// Reads a JSON array of records: what write_json() wrote, or what `operator<<` writes of a report.
/// @return ErrorKind::decode names the element, counted from 1
template <Record T>
[[nodiscard]] FATHOM_EXPORT Result<std::vector<T>> read_json(std::string_view text);
/// Reads JSON Lines; blank lines are passed over.
/// @return ErrorKind::decode names the line
template <Record T>
[[nodiscard]] FATHOM_EXPORT Result<std::vector<T>> read_json_lines(std::string_view text);
/// Reads CSV whose first line names the columns, in any order; columns that are not known are passed over, and of rows are
/// their fields. A cell that is empty without quotation marks is not set.
/// @return ErrorKind::decode names line and column
template <FlatRecord T>
[[nodiscard]] FATHOM_EXPORT Result<std::vector<T>> read_csv(std::string_view text);

/// Whether the first line names the columns.
enum class CsvHeader : std::uint8_t {
    written,  ///< For the first part of a file.
    left_out, ///< For what is appended to one.
};

/// The choice as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(CsvHeader header) noexcept;

/// Writes the rows of a report as CSV (RFC 4180): the date where it is grouped by one, the fields that it is grouped by, the
/// metrics that were asked, in this order. Nothing is changed to suit a spreadsheet: a text may begin with `=`.
FATHOM_EXPORT void write_csv(std::ostream& out, const PageviewReport& report, CsvHeader header = CsvHeader::written);
/// The same of a report on an event.
FATHOM_EXPORT void write_csv(std::ostream& out, const EventReport& report, CsvHeader header = CsvHeader::written);

} // namespace fathom::inline v0_2

namespace fathom::detail {

template <FlatRecord T>
    requires(!ReportRow<T>)
[[nodiscard]] FATHOM_EXPORT std::string csv_header();
template <FlatRecord T>
    requires(!ReportRow<T>)
[[nodiscard]] FATHOM_EXPORT std::string csv_line(const T& record);

[[nodiscard]] FATHOM_EXPORT std::string csv_header(const PageviewQuery& columns);
[[nodiscard]] FATHOM_EXPORT std::string csv_header(const EventQuery& columns);
[[nodiscard]] FATHOM_EXPORT std::string csv_line(const PageviewQuery& columns, const PageviewRow& row);
[[nodiscard]] FATHOM_EXPORT std::string csv_line(const EventQuery& columns, const EventRow& row);

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// Writes records as a JSON array, each on a line of its own. Takes any range: a vector, a report, a view.
template <class Range>
void write_json(std::ostream& out, Range&& records) { // NOLINT(*-missing-std-forward): some views are not const
    const char* before = "[\n";
    for (auto&& record : records) {
        detail::write(out, before + to_json(record));
        before = ",\n";
    }
    detail::write(out, before[0] == '[' ? "[]\n" : "\n]\n");
}

/// Writes records as JSON Lines: one after the other, each on a line of its own. Takes any range: a vector, a report, a view.
template <class Range>
void write_json_lines(std::ostream& out, Range&& records) { // NOLINT(*-missing-std-forward): some views are not const
    for (auto&& record : records) detail::write(out, to_json(record) + '\n');
}

/// Writes records other than rows as CSV (RFC 4180), with the names of the API in the first line. Takes any range.
template <class Range>
    requires(!ReportRow<std::remove_cvref_t<decltype(*std::begin(std::declval<Range&>()))>>)
void write_csv(std::ostream& out, Range&& records, // NOLINT(*-missing-std-forward)
               CsvHeader header = CsvHeader::written) {
    using T = std::remove_cvref_t<decltype(*std::begin(records))>;
    if (header == CsvHeader::written) detail::write(out, detail::csv_header<T>());
    for (auto&& record : records) detail::write(out, detail::csv_line<T>(record));
}

/// Writes rows as CSV (RFC 4180), with the columns of a report on that question. Takes any range:
/// `write_csv(out, report.query(), report | std::views::take(10))`.
template <RangeOf<PageviewRow> Range>
void write_csv(std::ostream& out, const PageviewQuery& columns, Range&& rows, // NOLINT(*-missing-std-forward)
               CsvHeader header = CsvHeader::written) {
    if (header == CsvHeader::written) detail::write(out, detail::csv_header(columns));
    for (auto&& row : rows) detail::write(out, detail::csv_line(columns, row));
}
/// The same of rows on an event.
template <RangeOf<EventRow> Range>
void write_csv(std::ostream& out, const EventQuery& columns, Range&& rows, // NOLINT(*-missing-std-forward)
               CsvHeader header = CsvHeader::written) {
    if (header == CsvHeader::written) detail::write(out, detail::csv_header(columns));
    for (auto&& row : rows) detail::write(out, detail::csv_line(columns, row));
}

} // namespace fathom::inline v0_2
