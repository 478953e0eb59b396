#include "plan.hpp"

#include <algorithm>

#include "../exit_code.hpp"
#include "times.hpp"

namespace fathom::cli {

using namespace std::chrono;

namespace {

/// The numbers of so many days before today may still grow: visits last, and arrive late.
constexpr days growing{2};

local_days day_of(const ReportTime& time) { return floor<days>(time.wall_clock().value()); }

} // namespace

WantedDays wanted_days(ReportOptions options, local_days today) {
    options.all = options.all || !names_days(options);
    std::optional<ReportRange> range;
    std::optional<ReportTime> from;
    std::optional<ReportTime> to;
    set_days(options, range, from, to);
    WantedDays wanted;
    if (from) wanted.first = day_of(*from);
    if (to) wanted.last = day_of(*to);
    if (range) {
        const auto named = range->on(year_month_day{today}).days();
        if (!named) throw UsageError("--last: counts back farther than the calendar");
        wanted = {.first = local_days{named->first}, .last = local_days{named->last}};
    }
    if (wanted.first && *wanted.first > wanted.last.value_or(today)) {
        throw UsageError("the first day, " + text_of(*wanted.first) + ", lies behind the last, " +
                         text_of(wanted.last.value_or(today)));
    }
    return wanted;
}

WantedDays days_for(const ExportSubject& subject, const ReportOptions& options, const ExportStore& store,
                    local_days today) {
    WantedDays wanted = wanted_days(options, today);
    const auto stored = store.places().find(subject);
    if (stored == store.places().end()) return wanted;
    if (const auto gap = gap_before(stored->second, wanted)) {
        throw UsageError("the export of " + name_of(subject) + " " + *gap);
    }
    return wanted;
}

std::optional<std::string> gap_before(const StoredPlace& stored, const WantedDays& wanted) {
    if (stored.is_from_first_visit || (wanted.first && *wanted.first >= stored.begin)) return std::nullopt;
    return "begins with " + text_of(stored.begin) + ", and earlier days cannot be put before; name --from " +
           text_of(stored.begin) + " or a later day, or another file";
}

ExportPlan plan_of(DateGrouping by, local_days first, const WantedDays& wanted, const StoredPlace* stored,
                   local_days today) {
    local_days last = std::min(wanted.last.value_or(today), today);
    // A file does not lose days that it has.
    if (stored != nullptr) last = std::max(last, std::min(floor<days>(stored->until - seconds{1}), today));
    local_days growing_from = std::min(today - growing, last + days{1});
    if (by == DateGrouping::month) growing_from = month_of(growing_from);
    growing_from = std::max(growing_from, first);
    // Settled rows are never fetched again, whatever the clock of this machine says.
    if (stored != nullptr) growing_from = std::max(growing_from, ceil<days>(stored->settled_until));
    ExportPlan plan;
    if (first < growing_from) plan.settled = Days{first, growing_from - days{1}};
    if (growing_from <= last) plan.recent = Days{growing_from, last};
    return plan;
}

} // namespace fathom::cli
