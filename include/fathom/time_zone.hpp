/// @file
/// Time zones: what the clocks on the wall show, and where the rules for that come from.
#pragma once

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fathom/export.hpp>
#include <fathom/result.hpp>

namespace fathom::inline v0_2 {

/// A stretch of time in which the clocks of a zone keep one distance from UTC.
struct ZonePeriod {
    std::chrono::sys_seconds begin; ///< Its first second.
    std::chrono::sys_seconds end;   ///< The first second behind it, when the clocks change.
    std::chrono::seconds offset;    ///< What is added to UTC; positive east of Greenwich.

    /// Member-wise equality.
    friend bool operator==(const ZonePeriod&, const ZonePeriod&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ZonePeriod& value);
};

/// The rules of time zones, for ClientOptions::time_zones. May be called from any thread.
class FATHOM_EXPORT TimeZones {
public:
    TimeZones() = default;
    TimeZones(const TimeZones&) = delete;
    TimeZones& operator=(const TimeZones&) = delete;
    virtual ~TimeZones() = default;

    /// The period that an instant lies in.
    /// @param zone IANA name, for example `Europe/Berlin`
    /// @return nothing where the zone is not known
    [[nodiscard]] virtual std::optional<ZonePeriod> period_at(const std::string& zone,
                                                              std::chrono::sys_seconds instant) const = 0;
};

/// The rules of this machine: from the system's zone files (`/usr/share/zoneinfo`; in a container, the package tzdata), else
/// from the standard library where that has any (g++ 14, MSVC). Where there is neither, none but those of UTC.
[[nodiscard]] FATHOM_EXPORT std::shared_ptr<const TimeZones> system_time_zones();

/// One time zone with its rules. Cheap to copy.
///
/// @code
/// const auto berlin = fathom::TimeZone::find("Europe/Berlin").value();
/// const auto midnight = berlin.start_of(2026y / std::chrono::October / 25); // the day has 25 hours
/// @endcode
class FATHOM_EXPORT TimeZone {
public:
    /// The zone of that name. UTC is always there.
    /// @return ErrorKind::invalid_argument where the rules do not know the zone
    [[nodiscard]] static Result<TimeZone> find(std::string name,
                                               std::shared_ptr<const TimeZones> rules = system_time_zones());

    /// Its IANA name, as it was asked for.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// What the clocks show at an instant.
    [[nodiscard]] std::chrono::local_seconds to_local(std::chrono::sys_seconds instant) const;
    /// The date at an instant.
    [[nodiscard]] std::chrono::year_month_day date_at(std::chrono::sys_seconds instant) const;
    /// The first instant at which the clocks show that time or a later one: of a time that they show twice the first, of
    /// one that they skip the end of the gap. So windows that are cut by it leave nothing out and overlap nowhere.
    [[nodiscard]] std::chrono::sys_seconds first_at(std::chrono::local_seconds time) const;
    /// The first instant of a day.
    [[nodiscard]] std::chrono::sys_seconds start_of(std::chrono::year_month_day day) const {
        return first_at(std::chrono::local_days{day});
    }
    /// Whether the clocks show earlier times once more after first_at(time), since they go back over it: of 03:00 where they
    /// go from 03:45 to 02:45. Windows that are cut there each have a part of what lies before it.
    [[nodiscard]] bool goes_back_over(std::chrono::local_seconds time) const;
    /// Whether the clocks never show a time from `from` on and before `until`, since they skip it.
    [[nodiscard]] bool skips(std::chrono::local_seconds from, std::chrono::local_seconds until) const;

private:
    TimeZone(std::string name, std::shared_ptr<const TimeZones> rules) noexcept
        : name_(std::move(name)), rules_(std::move(rules)) {}
    [[nodiscard]] ZonePeriod period_at(std::chrono::sys_seconds instant) const;

    std::string name_;
    std::shared_ptr<const TimeZones> rules_; // none: UTC
};

} // namespace fathom::inline v0_2
