/// @file
/// How many requests an export takes, and how long, before it is made.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <fathom/rate_limit.hpp>
#include <fathom/report_query.hpp>

#include "plan.hpp"
#include "questions.hpp"

namespace fathom::cli {

/// What is known of a history before it is fetched.
struct Foreknowledge {
    std::vector<MonthCount> months{}; ///< From the first visit on.
    double rows_per_count = 0;        ///< Of a history that is grouped by a field; else 0.
};

/// Reports that are needed for these days. An estimate where the history is grouped by a field: the rows are taken to be spread
/// as in the days that were looked at.
[[nodiscard]] std::int64_t requests_for(const Days& range, DateGrouping by, const Foreknowledge& known);

/// How long so many reports take at the pace of the limit, of which so much is left.
[[nodiscard]] std::chrono::seconds time_for(std::int64_t requests, const GroupQuota& reports);

} // namespace fathom::cli
