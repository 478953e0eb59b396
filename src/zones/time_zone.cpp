#include <fathom/time_zone.hpp>

#include <algorithm>

#include "utc.hpp"

namespace fathom::inline v0_2 {

using namespace std::chrono;

namespace {

constexpr ZonePeriod always_utc{sys_seconds::min(), sys_seconds::max(), seconds{0}};

/// No clock on Earth is, or was, farther from UTC.
constexpr hours farthest{26};

} // namespace

Result<TimeZone> TimeZone::find(std::string name, std::shared_ptr<const TimeZones> rules) {
    if (detail::is_utc(name)) return TimeZone(std::move(name), nullptr);
    if (rules && rules->period_at(name, sys_seconds{})) return TimeZone(std::move(name), std::move(rules));
    return invalid_argument("timezone",
                            "has no rules here for '" + name +
                                "'; check its name, install the system's time zones (the package tzdata), or "
                                "give ClientOptions::time_zones a source that knows it");
}

ZonePeriod TimeZone::period_at(sys_seconds instant) const {
    return rules_ ? rules_->period_at(name_, instant).value_or(always_utc) : always_utc;
}

local_seconds TimeZone::to_local(sys_seconds instant) const {
    return local_seconds{(instant + period_at(instant).offset).time_since_epoch()};
}

year_month_day TimeZone::date_at(sys_seconds instant) const { return year_month_day{floor<days>(to_local(instant))}; }

sys_seconds TimeZone::first_at(local_seconds time) const {
    const sys_seconds as_utc{time.time_since_epoch()};
    sys_seconds from = as_utc - farthest;
    while (true) {
        const ZonePeriod period = period_at(from);
        const sys_seconds candidate = std::max(from, as_utc - period.offset);
        if (candidate < period.end || period.end <= from) return candidate;
        from = period.end;
    }
}

bool TimeZone::goes_back_over(local_seconds time) const {
    const sys_seconds first = first_at(time);
    ZonePeriod period = period_at(first);
    while (first < period.end && period.end < first + farthest) {
        const sys_seconds change = period.end;
        period = period_at(change);
        if (local_seconds{(change + period.offset).time_since_epoch()} < time) return true;
        if (period.end <= change) break; // rules that lead nowhere
    }
    return false;
}

bool TimeZone::skips(local_seconds from, local_seconds until) const {
    const sys_seconds first = first_at(from);
    return to_local(first) >= until;
}

} // namespace fathom::inline v0_2
