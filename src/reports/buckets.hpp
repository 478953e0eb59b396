/// @file
/// The buckets of time that reports count in.
#pragma once

#include <chrono>

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
    case DateGrouping::month: return local_days{date + months{1}};
    case DateGrouping::year: return local_days{date + years{1}};
    }
    return bucket;
}

} // namespace fathom::detail
