/// @file
/// What a range of a report comes to for a service that takes both ends as part of it.
#pragma once

#include <chrono>
#include <optional>

#include <fathom/report_query.hpp>

namespace fathom::detail {

/// Both ends as they are sent, each of them part of the range.
struct RangeEnds {
    ReportTime from; ///< The first second.
    ReportTime to;   ///< The last second.
};

/// The ends of a range whose days are valid.
[[nodiscard]] RangeEnds ends_of(const ReportRange& range);

/// Whether a zone's wall clock is UTC's, at any time.
[[nodiscard]] bool is_utc(const std::optional<std::string>& timezone) noexcept;

} // namespace fathom::detail
