/// @file
/// Which days of a history a run fetches: those that stay, and the last ones, which the next run fetches again.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <fathom/report_query.hpp>

#include "../report_options.hpp"
#include "store.hpp"

namespace fathom::cli {

/// What the command line names; not set: from the first visit, until now.
struct WantedDays {
    std::optional<std::chrono::local_days> first{};
    std::optional<std::chrono::local_days> last{};

    friend bool operator==(const WantedDays&, const WantedDays&) = default;
};

/// The days of the options, all of them where none are named.
/// @param today in the reporting zone
/// @throw UsageError
[[nodiscard]] WantedDays wanted_days(ReportOptions options, std::chrono::local_days today);

/// The same for a history of this file.
/// @throw UsageError where the file would have a gap, too
[[nodiscard]] WantedDays days_for(const ExportSubject& subject, const ReportOptions& options, const ExportStore& store,
                                  std::chrono::local_days today);

/// Why a file cannot go on with these days: it would have a gap.
[[nodiscard]] std::optional<std::string> gap_before(const StoredPlace& stored, const WantedDays& wanted);

struct Days {
    std::chrono::local_days first;
    std::chrono::local_days last; ///< Part of it.

    friend bool operator==(const Days&, const Days&) = default;
};

struct ExportPlan {
    std::optional<Days> settled{}; ///< From the beginning; what is in the file already is not fetched again.
    std::optional<Days> recent{};  ///< Fetched in each run.

    friend bool operator==(const ExportPlan&, const ExportPlan&) = default;
};

/// @param first the first day of the history
/// @param stored how far it has come in the file; null for not at all
[[nodiscard]] ExportPlan plan_of(DateGrouping by, std::chrono::local_days first, const WantedDays& wanted,
                                 const StoredPlace* stored, std::chrono::local_days today);

} // namespace fathom::cli
