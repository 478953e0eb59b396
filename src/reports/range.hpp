/// @file
/// What a range of a report comes to for a service that takes both ends as part of it.
#pragma once

#include <optional>

#include <fathom/report_query.hpp>
#include <fathom/time_zone.hpp>

namespace fathom::detail {

/// Both ends as they are sent, each of them part of the range.
struct RangeEnds {
    ReportTime from; ///< The first second.
    ReportTime to;   ///< The last second.
};

/// The ends of a range whose days are valid, and which is not counted from today.
[[nodiscard]] RangeEnds ends_of(const ReportRange& range);

/// Days as instants where the clocks of their zone show an end of them twice: where they go back over midnight, a wall-clock
/// time would leave it to the service which of the two is meant. Nothing for all other ranges.
[[nodiscard]] std::optional<ReportRange> instants_of_ambiguous(const ReportRange& range, const TimeZone& zone);

/// Whether a range that is counted from today has a first day, and a last one that is not before it.
[[nodiscard]] bool is_valid(const ReportRange::Relative& range) noexcept;

} // namespace fathom::detail
