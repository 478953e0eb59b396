/// @file
/// The buckets of time that reports count in.
#pragma once

#include <chrono>
#include <cstddef>

#include <fathom/report_query.hpp>

namespace fathom::detail {

/// The start of the bucket that a time lies in.
[[nodiscard]] inline std::chrono::local_seconds bucket_of(std::chrono::local_seconds time, DateGrouping grouping) {
    using namespace std::chrono;
    const local_days day = floor<days>(time);
    const year_month_day date{day};
    switch (grouping) {
    case DateGrouping::hour: return floor<hours>(time);
    case DateGrouping::day: return day;
    case DateGrouping::month: return local_days{date.year() / date.month() / 1};
    case DateGrouping::year: return local_days{date.year() / January / 1};
    }
    return time;
}

/// The start of the bucket after the one that starts then.
[[nodiscard]] inline std::chrono::local_seconds next_bucket(std::chrono::local_seconds bucket, DateGrouping grouping) {
    using namespace std::chrono;
    const year_month_day date{floor<days>(bucket)};
    switch (grouping) {
    case DateGrouping::hour: return bucket + hours{1};
    case DateGrouping::day: return bucket + days{1};
    case DateGrouping::month: return local_days{date + std::chrono::months{1}};
    case DateGrouping::year: return local_days{date + years{1}};
    }
    return bucket;
}

/// How many buckets there are from one to another, both included; both are starts of buckets.
[[nodiscard]] inline std::size_t buckets_between(std::chrono::local_seconds first, std::chrono::local_seconds last,
                                                 DateGrouping grouping) {
    using namespace std::chrono;
    if (last < first) return 0;
    const year_month_day from{floor<days>(first)};
    const year_month_day to{floor<days>(last)};
    const auto count = [](auto steps) { return static_cast<std::size_t>(steps) + 1; };
    switch (grouping) {
    case DateGrouping::hour: return count(floor<hours>(last - first).count());
    case DateGrouping::day: return count(floor<days>(last - first).count());
    case DateGrouping::month: return count((to.year() / to.month() - from.year() / from.month()).count());
    case DateGrouping::year: return count((to.year() - from.year()).count());
    }
    return 1;
}

} // namespace fathom::detail
