#include "estimate.hpp"

#include <algorithm>
#include <cmath>

#include <fathom/rate_limit.hpp>

#include "times.hpp"

namespace fathom::cli {

using namespace std::chrono;

namespace {

constexpr double rows_of_an_answer = 1000;
constexpr days days_of_a_map{180};

/// The longest range of one report.
double longest(DateGrouping by) {
    switch (by) {
    case DateGrouping::hour: return 7;
    case DateGrouping::day: return 180;
    case DateGrouping::month:
    case DateGrouping::year: break;
    }
    return 366'000;
}

double count_of(days length) { return static_cast<double>(length.count()); }

/// The days of a month that lie in the range.
days days_of(local_days month, const Days& range) {
    const local_days next = month_of(month + days{31});
    return std::max(std::min(next, range.last + days{1}) - std::max(month, range.first), days{0});
}

} // namespace

std::int64_t requests_for(const Days& range, DateGrouping by, const Foreknowledge& known) {
    double requests = 0;
    for (const MonthCount& month : known.months) {
        const days covered = days_of(month.month, range);
        const days whole = month_of(month.month + days{31}) - month.month;
        const double rows =
            static_cast<double>(month.count) * known.rows_per_count * count_of(covered) / count_of(whole);
        requests += std::max(count_of(covered) / longest(by), rows / rows_of_an_answer);
    }
    const days length = range.last + days{1} - range.first;
    // Hours of more than two weeks are looked up in a map by day first, which leaves out weeks without visits.
    if (by == DateGrouping::hour && length > days{14})
        requests += std::ceil(count_of(length) / count_of(days_of_a_map));
    return std::max<std::int64_t>(1, std::llround(std::ceil(requests)));
}

seconds time_for(std::int64_t requests, const GroupQuota& reports) {
    const RateLimits limits;
    const double seconds_per_request = static_cast<double>((limits.reports.window + limits.margin).count()) /
                                       static_cast<double>(std::max<std::size_t>(1, reports.pace.requests));
    const auto waiting = std::max<std::int64_t>(0, requests - static_cast<std::int64_t>(reports.free_permits));
    return ceil<seconds>(duration<double>{static_cast<double>(waiting) * seconds_per_request});
}

} // namespace fathom::cli
