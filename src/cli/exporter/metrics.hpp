/// @file
/// The metrics of `fathom exporter`; docs/command-line.md lists them.
#pragma once

#include <chrono>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "exposition.hpp"
#include "figures.hpp"

namespace fathom::cli {

/// All metrics, as they are at a time.
/// @param stale_after figures that are older are withdrawn, so that a graph shows a gap and not a straight line
[[nodiscard]] std::vector<Metric> metrics_of(const Snapshot& snapshot, const Quota& quota,
                                             std::chrono::system_clock::time_point now,
                                             std::chrono::seconds stale_after);

/// Whether the newest figures of any site are no older than that.
[[nodiscard]] bool is_fresh(const Snapshot& snapshot, std::chrono::system_clock::time_point now,
                            std::chrono::seconds stale_after);

} // namespace fathom::cli
