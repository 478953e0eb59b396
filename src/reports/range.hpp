/// @file
/// What a range of a report comes to for a service that takes both ends as part of it.
#pragma once

#include <fathom/report_query.hpp>

namespace fathom::detail {

/// Both ends as they are sent, each of them part of the range.
struct RangeEnds {
    ReportTime from; ///< The first second.
    ReportTime to;   ///< The last second.
};

/// The ends of a range whose days are valid, and which is not counted from today.
[[nodiscard]] RangeEnds ends_of(const ReportRange& range);

/// Whether a range that is counted from today has a first day, and a last one that is not before it.
[[nodiscard]] bool is_valid(const ReportRange::Relative& range) noexcept;

} // namespace fathom::detail
