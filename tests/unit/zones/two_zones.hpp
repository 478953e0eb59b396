/// @file
/// Rules of two zones, written out for the years that tests look at.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <fathom/time_zone.hpp>

namespace fathom {

/// Berlin in 2025 and 2026, and Apia, which had no 30 December 2011.
class TwoZones final : public TimeZones {
public:
    [[nodiscard]] std::optional<ZonePeriod> period_at(const std::string& zone,
                                                      std::chrono::sys_seconds instant) const override {
        using namespace std::chrono;
        static constexpr sys_seconds never = sys_seconds::max();
        static constexpr sys_seconds always = sys_seconds::min();
        static const std::vector<ZonePeriod> berlin{
            {always, sys_days{2025y / March / 30} + 1h, 1h},
            {sys_days{2025y / March / 30} + 1h, sys_days{2025y / October / 26} + 1h, 2h},
            {sys_days{2025y / October / 26} + 1h, sys_days{2026y / March / 29} + 1h, 1h},
            {sys_days{2026y / March / 29} + 1h, sys_days{2026y / October / 25} + 1h, 2h},
            {sys_days{2026y / October / 25} + 1h, never, 1h},
        };
        static const std::vector<ZonePeriod> apia{
            {always, sys_days{2011y / December / 30} + 10h, -10h},
            {sys_days{2011y / December / 30} + 10h, never, 14h},
        };
        const std::vector<ZonePeriod>* periods = nullptr;
        if (zone == "Europe/Berlin") periods = &berlin;
        if (zone == "Pacific/Apia") periods = &apia;
        if (!periods) return std::nullopt;
        return *std::ranges::find_if(*periods, [&](const ZonePeriod& period) { return instant < period.end; });
    }
};

} // namespace fathom
