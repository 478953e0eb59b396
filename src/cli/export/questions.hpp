/// @file
/// What an export requests from the service.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <fathom/async_client.hpp>
#include <fathom/call_options.hpp>
#include <fathom/history.hpp>
#include <fathom/time_zone.hpp>

#include "piece.hpp"
#include "plan.hpp"
#include "question.hpp"
#include "subject.hpp"

namespace fathom::cli {

/// Whose history, and how it is asked for.
struct ExportInquiry {
    AsyncClient client;
    ExportSubject subject;
    ExportQuestion question;
    CallOptions call; ///< Of each request.
};

/// The zone in which the export counts its days: the one that is asked for, else the site's own.
[[nodiscard]] Future<TimeZone> zone_of(ExportInquiry inquiry);

/// Pageviews, or conversions, of a month in which there were any.
struct MonthCount {
    std::chrono::local_days month; ///< Its first day.
    std::int64_t count = 0;
};

/// All months from the first visit on; one request.
[[nodiscard]] Future<std::vector<MonthCount>> months_of(const ExportInquiry& inquiry);
/// How many rows there are for each pageview, or conversion, by the days given; one request.
[[nodiscard]] Future<double> rows_per_count(const ExportInquiry& inquiry, const Days& sample);

struct ArrivedPiece {
    ExportPiece piece;
    std::string place;
    HistoryProgress progress;
};
using NextPiece = std::function<Future<std::optional<ArrivedPiece>>()>;

/// Gives the pieces of these days one by one, then nothing.
[[nodiscard]] NextPiece pieces_of(const ExportInquiry& inquiry, const Days& days,
                                  const std::optional<std::string>& place);

} // namespace fathom::cli
