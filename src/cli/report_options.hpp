/// @file
/// What a report is asked for on the command line, and the query that it comes to.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <fathom/report_query.hpp>

#include "words.hpp"

namespace fathom::cli {

struct ReportOptions {
    std::string site{};
    std::string event{}; ///< Of reports on an event.
    std::string metrics{};
    std::optional<std::string> last{};
    std::optional<std::string> current{};
    bool today = false;
    bool yesterday = false;
    bool all = false;
    std::optional<std::string> from{};
    std::optional<std::string> to{};
    std::optional<std::string> by{};
    std::string group{};
    std::vector<std::string> where{};
    std::optional<std::string> sort{};
    std::optional<int> top{};
    std::optional<std::string> timezone{};
    bool compares = false;
};

/// Adds all but the site and the event.
void describe(CLI::App& command, ReportOptions& options, const std::string& metrics);

/// Adds the options that name days.
/// @param otherwise what is covered where none are named
void describe_days(CLI::App& command, ReportOptions& options, const std::string& otherwise);
/// Adds `--group`, `--where` and `--timezone`.
void describe_rows(CLI::App& command, ReportOptions& options);
/// Whether the command line names any days.
[[nodiscard]] bool names_days(const ReportOptions& options) noexcept;

/// Sets the days of a query, 30 of them where the command line names none.
/// @throw UsageError
void set_days(const ReportOptions& options, std::optional<ReportRange>& range, std::optional<ReportTime>& from,
              std::optional<ReportTime>& to);

/// @throw UsageError
template <class Metric>
[[nodiscard]] ReportQuery<Metric> query_of(const ReportOptions& options) {
    ReportQuery<Metric> query{.aggregates = {}};
    for (const std::string& name : parts_of(options.metrics)) query.aggregates.emplace_back(name);
    if (options.by) {
        for (const DateGrouping grouping :
             {DateGrouping::hour, DateGrouping::day, DateGrouping::month, DateGrouping::year}) {
            if (to_string(grouping) == *options.by) query.date_grouping = grouping;
        }
    }
    std::vector<Field> fields;
    for (const std::string& name : parts_of(options.group)) fields.emplace_back(name);
    query.field_grouping = FieldGrouping(std::move(fields));
    if (options.sort) {
        query.sort_by = order(*options.sort, query.aggregates);
    } else if (query.date_grouping) {
        query.sort_by = ascending(time_bucket);
    } else if (!query.field_grouping.empty() && !query.aggregates.empty()) {
        query.sort_by = descending(query.aggregates.front());
    }
    query.timezone = options.timezone;
    set_days(options, query.range, query.date_from, query.date_to);
    query.limit = options.top;
    if (!query.limit && (query.date_grouping || !query.field_grouping.empty())) query.limit = 1000;
    for (const std::string& condition : options.where) query.filters.push_back(filter(condition));
    return query;
}

} // namespace fathom::cli
