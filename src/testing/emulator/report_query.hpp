/// @file
/// ReportQuery: what a request for a report asks, read from its parameters and checked.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database.hpp"
#include "records.hpp"
#include "service.hpp"
#include "time_zones.hpp"

namespace fathom::testing::detail {

/// How a metric's numbers are written.
enum class MetricKind { count, average, rate };

/// A number that a report can compute.
struct Metric {
    const char* entity;
    const char* name;
    const char* expression; ///< SQL over the facts.
    MetricKind kind;
};

/// A condition on the rows of facts, as SQL.
struct SqlCondition {
    std::string expression;
    SqlValue value;
};

/// A checked question.
struct ReportQuery {
    bool of_pageviews = true;
    SiteRecord site{};
    std::string event_name{};
    std::vector<const Metric*> metrics{};
    DateGrouping date_grouping = DateGrouping::none;
    std::vector<std::string> fields{}; ///< Grouped by.
    std::string time_zone{};           ///< The site's own unless the request names one.
    std::chrono::sys_seconds from{};
    std::chrono::sys_seconds to{}; ///< Included.
    std::vector<SqlCondition> filters{};
    std::string sort_key{}; ///< A metric, a field or `timestamp`; empty: unsorted.
    bool sort_descending = false;
    std::int64_t limit = 0;
    std::int64_t number = 0; ///< Of all reports so far, which shuffles its rows.

    [[nodiscard]] bool is_grouped() const { return date_grouping != DateGrouping::none || !fields.empty(); }
};

/// Reads and checks the parameters of `GET /aggregations`.
[[nodiscard]] ReportQuery read_report_query(Service& service, const Call& call);

/// The parts of a comma list, without the empty ones and those that came before.
[[nodiscard]] std::vector<std::string> split_list(const std::string& text);

/// Reads `from` and `to` into the query, whose site, grouping and time zone are set.
void read_period(Service& service, const Call& call, ReportQuery& query);

} // namespace fathom::testing::detail
