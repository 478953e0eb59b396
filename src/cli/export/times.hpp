/// @file
/// Times of the reporting zone's clock as an export writes them.
#pragma once

#include <chrono>
#include <string>

#include <fathom/report_query.hpp>

namespace fathom::cli {

/// `2026-11-26 05:00:00`
[[nodiscard]] std::string text_of(std::chrono::local_seconds time);
/// `2026-11-26`
[[nodiscard]] std::string text_of(std::chrono::local_days day);
/// The start of a bucket: of an hour with the time, else the day alone, so that programs take it for what it is.
[[nodiscard]] std::string bucket_text(std::chrono::local_seconds time, DateGrouping by);
/// Reads either.
/// @throw UsageError
[[nodiscard]] std::chrono::local_seconds time_of(const std::string& text);
/// The first day of the month that a day lies in.
[[nodiscard]] std::chrono::local_days month_of(std::chrono::local_days day) noexcept;

} // namespace fathom::cli
