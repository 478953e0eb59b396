// Any body is a report or a decode error; a report can be filled, and its texts read.
#include <fathom/report.hpp>

#include "require.hpp"
#include "json/json.hpp"

namespace {

using namespace fathom;

template <class Metric>
void read_as(std::string_view body, const ReportQuery<Metric>& query) {
    detail::DriftLog drift;
    auto rows = detail::json::decode_rows(body, query, drift);
    if (!rows) {
        fuzz::require(rows.error().kind == ErrorKind::decode, "what cannot be read is a decode error");
        return fuzz::require_fit_for_log(rows.error());
    }
    const Report<Metric> report(query, *std::move(rows));
    std::size_t characters = 0;
    for (const auto& row : report) {
        for (const Field& field : query.field_grouping.fields()) characters += row.fields[field].size();
    }
    fuzz::require(characters <= 3 * body.size(), "texts come from the body"); // U+FFFD has three bytes
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body = fuzz::text_of(data, size);
    read_as<PageviewMetric>(body, {.aggregates = {PageviewMetric::visits, PageviewMetric::avg_duration},
                                   .date_grouping = DateGrouping::day,
                                   .field_grouping = {Field::pathname, Field::browser}});
    read_as<EventMetric>(
        body, {.aggregates = {EventMetric::conversions, EventMetric::value}, .field_grouping = {Field::pathname}});
    return 0;
}
