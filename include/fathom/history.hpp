/// @file
/// A report over any range of time, complete, however many rows it has: what is asked, and the pieces that come.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/call_options.hpp>
#include <fathom/export.hpp>
#include <fathom/fields.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>

namespace fathom::inline v0_2 {

/// What a history is asked. Only `aggregates` is required.
template <class Metric>
struct HistoryQuery {
    std::vector<Metric> aggregates;                 ///< What to count, at least one, none twice.
    DateGrouping date_grouping = DateGrouping::day; ///< One row per bucket of time.
    FieldGrouping field_grouping{};                 ///< One row per value of the dimension(s) in each bucket.
    std::optional<std::string> timezone{};          ///< IANA name; where it is not set, the site's own zone.
    std::optional<ReportRange> range{}; ///< Days to cover; not set: from the month of the first visit until now.
    std::vector<Filter> filters{};      ///< Conditions, all of which must hold.

    /// Member-wise equality.
    friend bool operator==(const HistoryQuery&, const HistoryQuery&) = default;
};

using PageviewHistoryQuery = HistoryQuery<PageviewMetric>; ///< A history of pageviews.
using EventHistoryQuery = HistoryQuery<EventMetric>;       ///< A history of one event.

/// What a history does with a bucket of more than 1,000 rows of which it cannot prove that it has all.
enum class WhenIncomplete : std::uint8_t {
    fail, ///< Ends with ErrorKind::truncated.
    mark, ///< Gives the rows that it has, with HistoryPiece::is_complete false, and goes on.
};

/// The choice as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(WhenIncomplete choice) noexcept;

/// How a history is walked.
struct HistoryOptions {
    /// The place of a piece, to go on behind it: HistoryPiece::place. The query must be the same, but its range may end
    /// later: a program that runs every night fetches what came since.
    std::optional<std::string> resume_from{};
    WhenIncomplete when_incomplete = WhenIncomplete::fail; ///< See WhenIncomplete.
    /// Applies to each request by itself. Where neither `timeout` nor `retry` is set, a request waits for its turn and is
    /// repeated through an outage for a quarter of an hour.
    CallOptions call{};

    /// Member-wise equality.
    friend bool operator==(const HistoryOptions&, const HistoryOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const HistoryOptions& value);
};

/// How far a history has come. What is to come is an estimate, and rather too low than too high.
struct HistoryProgress {
    double part_done = 0;              ///< Share of the range that lies behind, 0–1.
    std::int64_t requests_made = 0;    ///< Reports requested by this walk.
    std::int64_t requests_to_come = 0; ///< Reports that are still to be requested, at least.
    /// How long the last of those waits for the limit, at least: by the permits that are free now, and the pace that the client
    /// has learnt. Not set by a history whose client is gone.
    std::chrono::seconds time_left{0};

    /// Member-wise equality.
    friend bool operator==(const HistoryProgress&, const HistoryProgress&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const HistoryProgress& value);
};

/// A part of a history: whole buckets, each with all its rows. The pieces lie side by side, so that their rows together are
/// those of the whole range, each once. Every row is as the service counted it; nothing is added up.
template <class Metric>
struct HistoryPiece {
    std::chrono::local_seconds from{};  ///< Where it begins, by the clock of the reporting zone.
    std::chrono::local_seconds until{}; ///< Where the next one begins; not part of it.
    /// Its rows in order of time; stretches without a visit have none. The query is the one that was sent for them.
    Report<Metric> report{{.aggregates = {}}, {}};
    bool is_complete = true; ///< Whether it has all rows, as proven by the sum of its bucket where that was cut.
    /// Whether its buckets are over. The bucket that now lies in comes last by itself, and changes yet; so does one within which
    /// the range ends, as a month of which the range has ten days: a later end would give it more.
    bool is_over = true;
    /// Store it with the rows: HistoryOptions::resume_from goes on behind this piece, or with it where it is not over.
    std::string place{};
    HistoryProgress progress{}; ///< How far the walk is with this piece.

    /// Member-wise equality.
    friend bool operator==(const HistoryPiece&, const HistoryPiece&) = default;
};

using PageviewHistoryPiece = HistoryPiece<PageviewMetric>; ///< A part of a history of pageviews.
using EventHistoryPiece = HistoryPiece<EventMetric>;       ///< A part of a history of one event.

/// Writes it as JSON, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const PageviewHistoryQuery& query);
/// Writes it as JSON, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const EventHistoryQuery& query);
/// Writes it as JSON without its rows, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const PageviewHistoryPiece& piece);
/// Writes it as JSON without its rows, see printing.hpp.
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const EventHistoryPiece& piece);

} // namespace fathom::inline v0_2
