/// @file
/// A file of the system's time zones, of the form TZif (RFC 8536).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include <fathom/time_zone.hpp>

#include "yearly_rule.hpp"

namespace fathom::detail {

/// The changes of one zone's clocks.
class ZoneFile {
public:
    /// @return nothing where it is no such file, or a damaged one
    [[nodiscard]] static std::optional<ZoneFile> parse(std::string_view content);

    /// The period that an instant lies in.
    [[nodiscard]] ZonePeriod period_at(std::chrono::sys_seconds instant) const;

private:
    struct Change {
        std::chrono::sys_seconds at{};
        std::chrono::seconds offset{}; ///< From then on.
    };

    std::chrono::seconds first_offset_{}; ///< Before all changes.
    std::vector<Change> changes_{};
    std::optional<YearlyRule> rule_{}; ///< Behind the last of them.
};

} // namespace fathom::detail
