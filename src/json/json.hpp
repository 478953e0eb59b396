/// @file
/// JSON in and out, without a word about the library that does it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/fields.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>
#include <fathom/result.hpp>

namespace fathom::detail::json {

/// Reads a body into T: Account, Token, Site, Event, Milestone, CurrentVisitors, or Page of Site, Event or Milestone.
/// A decode Error names the JSON path and what stood there.
template <class T>
[[nodiscard]] Result<T> decode(std::string_view body);

/// Reads the rows of a report, in any of the envelopes that the service is known to use. The query says which keys of a
/// row are metrics and which are grouped fields.
template <class Metric>
[[nodiscard]] Result<std::vector<typename Report<Metric>::Row>> decode_rows(std::string_view body,
                                                                            const ReportQuery<Metric>& query);

/// Writes T as a request body, leaving out what is not set: SiteCreate, SiteUpdate, EventCreate, EventUpdate,
/// MilestoneCreate, MilestoneUpdate. Text must be valid UTF-8 (see is_valid_utf8).
template <class T>
[[nodiscard]] std::string encode(const T& value);

/// Writes the body of `setEventCurrency`.
[[nodiscard]] std::string encode_event_currency(std::string_view name, std::string_view currency);

/// Writes the filters of a report. Each has its field under both names that the API is known to read.
[[nodiscard]] std::string encode_filters(const std::vector<Filter>& filters);

/// What a server said of a failure.
struct ServerMessage {
    std::string message{};            ///< Empty where it said nothing that can be read.
    std::vector<FieldError> fields{}; ///< Per-field messages.
};

/// Reads an error body of any known shape. Never fails: a body that is no JSON says nothing.
[[nodiscard]] ServerMessage decode_error(std::string_view body);

} // namespace fathom::detail::json
