/// @file
/// What an export would take: `fathom export --dry-run`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fathom/client.hpp>

#include "../session.hpp"
#include "run.hpp"

namespace fathom::cli {

struct ForecastHistory {
    ExportSubject subject;
    std::optional<Days> days{}; ///< Those that are to be fetched; nothing where there are none.
    std::int64_t requests = 0;  ///< That the export would make.
    bool is_estimate = false;
};

/// Asks each history for its months, and where it is grouped by a field for the rows of its last week.
[[nodiscard]] std::vector<ForecastHistory> forecast(const Client& client, const ExportStore& store,
                                                    const ExportSettings& settings,
                                                    const std::vector<ExportSubject>& subjects);

[[nodiscard]] std::vector<std::string> forecast_columns(bool is_about_events);
void show_forecast(const Session& session, const std::vector<ForecastHistory>& histories, const Quota& quota);

} // namespace fathom::cli
