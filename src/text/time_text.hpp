/// @file
/// Times and dates in the forms that the service is known to use.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fathom::detail {

/// `2020-07-27 12:01:01` (UTC) or ISO 8601 with `T`, a fraction (dropped) and `Z` or an offset.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_instant(std::string_view text);
/// `2020-07-27`, whatever time stands behind it.
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text);
/// The start of a report's bucket as a wall-clock time: `2023`, `2023-02`, `2023-02-21`, `2023-02-21 13:00[:00]`, or ISO
/// 8601, of which the clock's reading is taken and the offset ignored.
[[nodiscard]] std::optional<std::chrono::local_seconds> parse_bucket(std::string_view text);
/// `2020-07-27`
[[nodiscard]] std::string date_text(std::chrono::year_month_day date);
/// `2022-04-01T15:31:00Z`
[[nodiscard]] std::string instant_text(std::chrono::sys_seconds time);
/// `2022-04-01 15:31:00`
[[nodiscard]] std::string wall_clock_text(std::chrono::local_seconds time);

} // namespace fathom::detail
