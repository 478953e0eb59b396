#include "range.hpp"

#include <algorithm>
#include <chrono>

namespace fathom::detail {

using namespace std::chrono;

RangeEnds ends_of(const ReportRange& range) {
    if (const auto& instants = range.instants()) return {instants->from, instants->until - seconds{1}};
    const ReportRange::Days days = range.days().value();
    return {local_days{days.first}, local_seconds{local_days{days.last}} + hours{24} - seconds{1}};
}

namespace {

/// Whether the clocks show a time a second time, having gone back.
bool comes_twice(const TimeZone& zone, local_seconds time) {
    constexpr hours longest_step{3};
    const sys_seconds first = zone.first_at(time);
    const seconds step = longest_step - (zone.to_local(first + longest_step) - zone.to_local(first));
    return step > seconds{0} && zone.to_local(first + step) == time;
}

} // namespace

std::optional<ReportRange> instants_of_ambiguous(const ReportRange& range, const TimeZone& zone) {
    const auto covered = range.days();
    if (!covered || !covered->first.ok() || !covered->last.ok()) return std::nullopt;
    const local_seconds begin = local_days{covered->first};
    const local_seconds behind = local_days{covered->last} + days{1};
    if (!comes_twice(zone, begin) && !comes_twice(zone, behind - seconds{1})) return std::nullopt;
    return half_open(begin, behind, zone);
}

namespace {

/// How many units ten thousand years have: what lies farther back is before the years that can be written, whatever today is,
/// and dates are still counted without an overflow.
int farthest_back(ReportRange::Relative::Unit unit) noexcept {
    switch (unit) {
    case ReportRange::Relative::Unit::day: return 3'652'425;
    case ReportRange::Relative::Unit::week: return 521'775;
    case ReportRange::Relative::Unit::month: return 120'000;
    case ReportRange::Relative::Unit::year: return 10'000;
    }
    return 0;
}

/// The first day of the unit that lies so many units before the one of today.
local_days start_of_unit(const ReportRange::Relative& range, year_month_day today, int back) {
    const local_days day{today};
    switch (range.unit) {
    case ReportRange::Relative::Unit::day: return day - days{back};
    case ReportRange::Relative::Unit::week: return day - (weekday{day} - range.first_weekday) - weeks{back};
    case ReportRange::Relative::Unit::month:
        return local_days{(today.year() / today.month() - std::chrono::months{back}) / 1};
    case ReportRange::Relative::Unit::year: return local_days{(today.year() - years{back}) / January / 1};
    }
    return day;
}

} // namespace

bool is_valid(const ReportRange::Relative& range) noexcept {
    return range.first_weekday.ok() && 0 <= range.last && range.last <= range.first &&
           range.first <= farthest_back(range.unit);
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

ReportRange ReportRange::on(std::chrono::year_month_day today) const {
    using std::chrono::local_days;
    if (!relative_ || !detail::is_valid(*relative_)) return *this; // which is refused
    const local_days first = detail::start_of_unit(*relative_, today, relative_->first);
    const local_days behind = detail::start_of_unit(*relative_, today, relative_->last - 1);
    return between(first, std::min(behind - std::chrono::days{1}, local_days{today}));
}

ReportRange ReportRange::preceding() const {
    using std::chrono::local_days;
    if (relative_) {
        Relative before = *relative_;
        if (!detail::is_valid(before)) return *this; // refused as this one is
        before.last = relative_->first + 1;
        before.first = relative_->first + 1 + (relative_->first - relative_->last);
        return before;
    }
    if (instants_) return Instants{instants_->from - (instants_->until - instants_->from), instants_->from};
    if (!days_->first.ok() || !days_->last.ok()) return *this;
    const local_days first{days_->first};
    const std::chrono::days length = local_days{days_->last} - first + std::chrono::days{1};
    return between(first - length, first - std::chrono::days{1});
}

} // namespace fathom::inline v0_2
