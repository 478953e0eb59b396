/// @file
/// The sample report as the library decodes it.
#pragma once

#include <string_view>
#include <vector>

#include <fathom/report.hpp>

#include "json/json.hpp"

namespace fathom::benchmark {

/// The question that report_body() answers.
[[nodiscard]] inline PageviewQuery report_query() {
    return {.aggregates = {PageviewMetric::visits, PageviewMetric::uniques, PageviewMetric::pageviews,
                           PageviewMetric::avg_duration, PageviewMetric::bounce_rate},
            .date_grouping = DateGrouping::day,
            .field_grouping = Field::pathname};
}

[[nodiscard]] inline std::vector<PageviewRow> decoded_report(std::string_view body) {
    detail::DriftLog drift;
    return detail::json::decode_rows(body, report_query(), drift).value();
}

} // namespace fathom::benchmark
