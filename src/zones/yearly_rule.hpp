/// @file
/// The rule by which clocks change each year, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <fathom/time_zone.hpp>

namespace fathom::detail {

/// Without changes, or with two in each year.
class YearlyRule {
public:
    /// @return nothing where it is no rule, or one of a form that no zone has
    [[nodiscard]] static std::optional<YearlyRule> parse(std::string_view text);

    /// The period that an instant lies in, as if the rule had always held.
    [[nodiscard]] ZonePeriod period_at(std::chrono::sys_seconds instant) const;

private:
    /// A day of each year, and a time by the clock before the change.
    struct Change {
        std::chrono::month month{};
        unsigned week = 0; ///< 5: the last one.
        std::chrono::weekday weekday{};
        std::chrono::seconds time{};

        [[nodiscard]] std::chrono::local_seconds in(std::chrono::year year) const;
    };
    struct Summer {
        std::chrono::seconds offset{};
        Change begin{};
        Change end{};
    };
    class Reader;

    std::chrono::seconds offset_{}; ///< Standard time.
    std::optional<Summer> summer_{};
};

} // namespace fathom::detail
