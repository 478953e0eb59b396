/// @file
/// Wall-clock time in named zones, and the forms in which the service writes and reads times.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fathom::testing::detail {

/// The length of a report's buckets.
enum class DateGrouping { none, hour, day, month, year };

[[nodiscard]] bool is_known_time_zone(const std::string& name);

/// A named zone. Remembers the offset last used, since most instants that are asked one after another share it.
class TimeZone {
public:
    /// @throws std::runtime_error where there is no such zone
    explicit TimeZone(const std::string& name);
    ~TimeZone();
    TimeZone(TimeZone&&) noexcept;
    TimeZone& operator=(TimeZone&&) noexcept;

    [[nodiscard]] std::chrono::local_seconds to_wall_clock(std::chrono::sys_seconds instant);
    /// A time that the zone skips gives the instant of the leap; one that it has twice the earlier.
    [[nodiscard]] std::chrono::sys_seconds to_instant(std::chrono::local_seconds wall_clock) const;

private:
    struct Offset;
    std::unique_ptr<Offset> offset_;
};

/// `2023`, `2023-02`, `2023-02-21`, `2023-02-21 13:00:00`.
[[nodiscard]] std::string bucket_text(std::chrono::local_seconds wall_clock, DateGrouping grouping);
/// `2020-07-27 12:01:01`.
[[nodiscard]] std::string plain_time_text(std::chrono::local_seconds time);
/// `2020-07-27T12:01:01Z`.
[[nodiscard]] std::string iso_time_text(std::chrono::sys_seconds time);
/// Reads `2022-04-01 15:31:00`, `2022-04-01T15:31:00`, `2022-04-01T15:31` and `2022-04-01`; fractions are cut off.
[[nodiscard]] std::optional<std::chrono::local_seconds> parse_wall_clock(std::string_view text);
/// Reads an instant: `2022-04-01T15:31:00Z`, `2022-04-01T15:31+02:00`, fractions of a second, which are cut off.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_iso_time(std::string_view text);
/// Reads `2022-04-01` alone.
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

} // namespace fathom::testing::detail
