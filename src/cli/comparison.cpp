#include "comparison.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string_view>

#include <fathom/report_query.hpp>

namespace fathom::cli {

namespace {

/// Nothing where it is absent or null.
Record member(const Record& record, const std::string& name) { return record.value(name, Record()); }

std::string key_of(const Record& record, const std::vector<std::string>& fields) {
    Record key = Record::array();
    for (const std::string& field : fields) key.push_back(member(record, field));
    return key.dump();
}

/// Whether of nothing it is 0: a mean of nothing is unknown, and so is what a metric of a newer service means.
bool is_count(const std::string& metric) {
    static constexpr std::string_view counts[] = {
        to_string(PageviewMetric::visits),          to_string(PageviewMetric::uniques),
        to_string(PageviewMetric::pageviews),       to_string(EventMetric::conversions),
        to_string(EventMetric::unique_conversions), to_string(EventMetric::value)};
    return std::ranges::find(counts, metric) != std::end(counts);
}

/// Per cent, with one decimal.
double change(double before, double now) { return std::round((now - before) / before * 1000) / 10; }

/// What the metric was; null where that is unknown.
Record value_before(const Record* before, const std::string& metric, WithoutEarlierRow otherwise) {
    if (before != nullptr) return member(*before, metric);
    return otherwise == WithoutEarlierRow::nothing && is_count(metric) ? Record(0) : Record();
}

void add_metric(Record& record, const Record& then, const std::string& metric) {
    const Record now = member(record, metric);
    if (!now.is_number() || !then.is_number()) return;
    record[metric + "_before"] = then;
    const auto before = then.get<double>();
    if (before != 0) record[metric + "_change"] = change(before, now.get<double>());
}

} // namespace

void compare(Listing& listing, const std::vector<Record>& before, const std::vector<std::string>& fields,
             const std::vector<std::string>& metrics, WithoutEarlierRow otherwise) {
    std::map<std::string, const Record*> then;
    for (const Record& record : before) then[key_of(record, fields)] = &record;
    for (Record& record : listing.records) {
        const auto found = then.find(key_of(record, fields));
        const Record* const earlier = found == then.end() ? nullptr : found->second;
        for (const std::string& metric : metrics) add_metric(record, value_before(earlier, metric, otherwise), metric);
    }
}

void add_compared_columns(Listing& listing, const std::vector<std::string>& metrics) {
    for (const std::string& metric : metrics) {
        listing.columns.push_back(metric + "_before");
        listing.columns.push_back(metric + "_change");
    }
}

} // namespace fathom::cli
