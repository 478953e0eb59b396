/// @file
/// What people write on a command line for ranges, filters and orders.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/fields.hpp>
#include <fathom/report_query.hpp>
#include <fathom/report_range.hpp>

namespace fathom::cli {

/// `30d`, `4w`, `6m`, `2y` until today; `week`, `month`, `year`: the whole one before this.
/// @throw UsageError
[[nodiscard]] ReportRange last(const std::string& text);
/// `week`, `month` or `year`, until today.
/// @throw UsageError
[[nodiscard]] ReportRange current(const std::string& text);
/// `2026-11-26`
/// @throw UsageError that names the option
[[nodiscard]] std::chrono::year_month_day date(const std::string& option, const std::string& text);

/// `country_code=DE`, `pathname!=/`, `pathname~/blog*` (like), `pathname!~/blog*`, `pathname=~^/blog` (matching),
/// `pathname!=~^/blog`.
/// @throw UsageError
[[nodiscard]] Filter filter(const std::string& text);

/// `a,b` and more of them.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view text);

/// `visits` from small to large, `-visits` from large to small; a metric of the report, `date`, or a field.
template <class Metric>
[[nodiscard]] SortBy<Metric> order(std::string_view text, const std::vector<Metric>& metrics) {
    const bool is_descending = text.starts_with('-');
    const std::string key(text.substr(is_descending ? 1 : 0));
    if (key == "date") return Sort<TimeBucket>{time_bucket, is_descending};
    for (const Metric& metric : metrics) {
        if (metric.text() == key) return Sort<Metric>{metric, is_descending};
    }
    return Sort<Field>{Field(key), is_descending};
}

} // namespace fathom::cli
