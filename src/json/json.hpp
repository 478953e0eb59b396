/// @file
/// JSON in and out, without a word about the library that does it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/fields.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>
#include <fathom/result.hpp>

#include "../core/drift.hpp"
#include "../core/server_message.hpp"

namespace fathom::detail::json {

/// Reads a body into T: Account, Token, Site, Event, Milestone, CurrentVisitors, Page of Site, Event or Milestone.
/// What cannot be read is passed over and noted in `drift`; where it is required, a decode Error names the JSON path and
/// what stood there. A body that reports a failure is an Error with its text.
template <class T>
[[nodiscard]] Result<T> decode(std::string_view body, DriftLog& drift);

/// Reads what encode() writes into T: one of those but pages, a part of CurrentVisitors, or what requests have for a body.
/// The same, but that no member tells of a failure.
template <class T>
[[nodiscard]] Result<T> decode_record(std::string_view text, DriftLog& drift);

/// Reads the rows of a report, in any of the envelopes that the service is known to use. The query says which keys of a
/// row are metrics and which are grouped fields.
template <class Metric>
[[nodiscard]] Result<std::vector<typename Report<Metric>::Row>>
decode_rows(std::string_view body, const ReportQuery<Metric>& query, DriftLog& drift);
/// Reads a row by itself, as encode() writes one: whatever is neither a date nor one of the query's metrics is a field.
template <class Metric>
[[nodiscard]] Result<typename Report<Metric>::Row> decode_row(std::string_view row, const ReportQuery<Metric>& query,
                                                              DriftLog& drift);

/// Takes an empty body, or any JSON that does not tell of a failure. A page of HTML is no success.
[[nodiscard]] Result<void> decode_nothing(std::string_view body, DriftLog& drift);

/// Writes T, leaving out what is not set: whatever decode() reads but pages, parts of CurrentVisitors, what requests have for a body (SiteCreate,
/// SiteUpdate, EventCreate, EventUpdate, MilestoneCreate, MilestoneUpdate), and rows. Text must be valid UTF-8 (see is_valid_utf8).
template <class T>
[[nodiscard]] std::string encode(const T& value);

/// Writes a text in quotation marks.
[[nodiscard]] std::string encode_text(std::string_view text);

/// Reads what encode_text() wrote, or any other text in quotation marks; nothing where it is none.
[[nodiscard]] std::optional<std::string> decode_text(std::string_view literal);

/// Writes the body of `setEventCurrency`.
[[nodiscard]] std::string encode_event_currency(std::string_view name, std::string_view currency);

/// Writes the filters of a report. Each has its field under both names that the API is known to read.
[[nodiscard]] std::string encode_filters(const std::vector<Filter>& filters);

/// Reads an error body of any known shape, plain text included. Never fails.
[[nodiscard]] ServerMessage decode_error(std::string_view body);

/// The Error of an answer whose status is a success although its body reports a failure; nothing where it does not.
/// @param unreadable why the body could not be read as what it should be; then any text for people in it counts
[[nodiscard]] std::optional<Error> refusal_in(std::string_view body, const Error* unreadable = nullptr);

} // namespace fathom::detail::json
