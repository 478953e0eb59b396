#include "question.hpp"

#include <algorithm>
#include <array>

#include "../exit_code.hpp"

namespace fathom::cli {

namespace {

using Type = ExportColumn::Type;

Type type_of(const std::string& metric) {
    static constexpr std::array<std::string_view, 6> counts{
        "visits", "uniques", "pageviews", "conversions", "unique_conversions", "value"};
    return std::ranges::find(counts, metric) == counts.end() ? Type::real : Type::integer;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text.append(text.empty() ? "" : ",").append(part);
    return text;
}

std::string conditions(const ExportQuestion& question) {
    std::string text;
    for (const std::string& condition : question.where) text.append(text.empty() ? "" : " --where ").append(condition);
    return text;
}

} // namespace

DateGrouping grouping_named(const std::string& name) {
    for (const DateGrouping grouping : {DateGrouping::hour, DateGrouping::day, DateGrouping::month}) {
        if (to_string(grouping) == name) return grouping;
    }
    throw UsageError("'" + name + "' is none of hour, day and month");
}

std::vector<ExportColumn> leading_columns(const ExportQuestion& question) {
    std::vector<ExportColumn> columns{{.name = "site_id"}};
    if (question.is_about_events) columns.push_back({.name = "event"});
    columns.push_back({.name = "date"});
    return columns;
}

std::vector<ExportColumn> value_columns(const ExportQuestion& question) {
    std::vector<ExportColumn> columns;
    columns.reserve(question.fields.size() + question.metrics.size());
    for (const std::string& field : question.fields) columns.push_back({.name = field});
    for (const std::string& metric : question.metrics) columns.push_back({.name = metric, .type = type_of(metric)});
    return columns;
}

Record record_of(const ExportQuestion& question) {
    Record record{{"entity", question.is_about_events ? "events" : "pageviews"},
                  {"by", std::string(to_string(question.by))},
                  {"count", question.metrics},
                  {"group", question.fields},
                  {"where", question.where}};
    if (question.timezone) record["timezone"] = *question.timezone;
    return record;
}

ExportQuestion question_of(const Record& record) {
    try {
        ExportQuestion question{.is_about_events = record.at("entity") == "events",
                                .by = grouping_named(record.at("by").get<std::string>()),
                                .metrics = record.at("count").get<std::vector<std::string>>(),
                                .fields = record.at("group").get<std::vector<std::string>>(),
                                .where = record.at("where").get<std::vector<std::string>>()};
        if (record.contains("timezone")) question.timezone = record["timezone"].get<std::string>();
        return question;
    } catch (const Record::exception& problem) {
        throw UsageError(std::string("its description cannot be read: ") + problem.what());
    }
}

std::string different_options(const ExportQuestion& stored, const ExportQuestion& asked) {
    std::string text;
    const auto compare = [&](const std::string& option, const std::string& before, const std::string& now) {
        if (before == now) return;
        text.append(text.empty() ? "" : ", ").append(before.empty() ? "without " : "").append(option);
        if (!before.empty()) text.append(" ").append(before);
    };
    if (stored.is_about_events != asked.is_about_events) {
        text = stored.is_about_events ? "of events (--event)" : "of pageviews, without --event";
    }
    compare("--by", std::string(to_string(stored.by)), std::string(to_string(asked.by)));
    compare("--group", joined(stored.fields), joined(asked.fields));
    compare("--count", joined(stored.metrics), joined(asked.metrics));
    compare("--where", conditions(stored), conditions(asked));
    compare("--timezone", stored.timezone.value_or(""), asked.timezone.value_or(""));
    return text;
}

} // namespace fathom::cli
