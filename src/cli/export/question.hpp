/// @file
/// What all rows of an export answer, and the columns that they have for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fathom/history.hpp>

#include "../listing.hpp"
#include "../words.hpp"

namespace fathom::cli {

struct ExportQuestion {
    bool is_about_events = false;
    DateGrouping by = DateGrouping::day;
    std::vector<std::string> metrics{};
    std::vector<std::string> fields{}; ///< To group by.
    std::vector<std::string> where{};  ///< As on the command line.
    std::optional<std::string> timezone{};

    friend bool operator==(const ExportQuestion&, const ExportQuestion&) = default;
};

/// @param name `hour`, `day` or `month`
/// @throw UsageError
[[nodiscard]] DateGrouping grouping_named(const std::string& name);

struct ExportColumn {
    enum class Type : std::uint8_t { text, integer, real };

    std::string name;
    Type type = Type::text;
};

/// The columns before those of the fields: `site_id`, of events `event`, and `date`.
[[nodiscard]] std::vector<ExportColumn> leading_columns(const ExportQuestion& question);
/// Fields, then metrics.
[[nodiscard]] std::vector<ExportColumn> value_columns(const ExportQuestion& question);

[[nodiscard]] Record record_of(const ExportQuestion& question);
/// @throw UsageError where the record is no question
[[nodiscard]] ExportQuestion question_of(const Record& record);

/// The options of the stored question that differ from the one that is asked, such as `--by hour, --group pathname`.
[[nodiscard]] std::string different_options(const ExportQuestion& stored, const ExportQuestion& asked);

template <class Metric>
[[nodiscard]] HistoryQuery<Metric> history_query(const ExportQuestion& question) {
    HistoryQuery<Metric> query{.aggregates = {}, .date_grouping = question.by, .timezone = question.timezone};
    for (const std::string& metric : question.metrics) query.aggregates.emplace_back(metric);
    std::vector<Field> fields(question.fields.begin(), question.fields.end());
    query.field_grouping = FieldGrouping(std::move(fields));
    for (const std::string& condition : question.where) query.filters.push_back(filter(condition));
    return query;
}

} // namespace fathom::cli
