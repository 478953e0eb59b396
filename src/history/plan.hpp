/// @file
/// What a history is to fetch, with all that its client knows.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <fathom/history.hpp>
#include <fathom/time_zone.hpp>

#include "place.hpp"

namespace fathom::detail::history {

/// What a walk needs to know. Times are of the reporting zone's clock.
template <class Metric>
struct Plan {
    HistoryQuery<Metric> query;
    TimeZone zone;
    WhenIncomplete when_incomplete = WhenIncomplete::fail;
    std::uint64_t fingerprint = 0;
    /// Where it begins; not set: with the first visit.
    std::optional<std::chrono::local_seconds> begin{};
    std::chrono::local_seconds next{}; ///< Where it goes on; counts where `begin` is set.
    std::chrono::local_seconds end{};  ///< Where it ends; not part of it.
    std::chrono::local_seconds now{};  ///< What the clocks show.
};

/// @param site_and_entity what tells this report's subject from others
/// @param now the instant from which days are counted
/// @return ErrorKind::invalid_argument where the range or the place is none
template <class Metric>
[[nodiscard]] Result<Plan<Metric>> make_plan(std::string_view site_and_entity, const HistoryQuery<Metric>& query,
                                             const HistoryOptions& options, const TimeZone& zone,
                                             std::chrono::sys_seconds now);

extern template Result<Plan<PageviewMetric>> make_plan(std::string_view, const PageviewHistoryQuery&,
                                                       const HistoryOptions&, const TimeZone&,
                                                       std::chrono::sys_seconds);
extern template Result<Plan<EventMetric>> make_plan(std::string_view, const EventHistoryQuery&, const HistoryOptions&,
                                                    const TimeZone&, std::chrono::sys_seconds);

} // namespace fathom::detail::history
