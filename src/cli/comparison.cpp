#include "comparison.hpp"

#include <cmath>
#include <map>

namespace fathom::cli {

namespace {

std::string key_of(const Record& record, const std::vector<std::string>& fields) {
    Record key = Record::array();
    for (const std::string& field : fields) key.push_back(record.value(field, ""));
    return key.dump();
}

/// Per cent, with one decimal.
double change(double before, double now) { return std::round((now - before) / before * 1000) / 10; }

void add_metric(Record& record, const Record* before, const std::string& metric, WithoutEarlierRow otherwise) {
    if (before == nullptr && otherwise == WithoutEarlierRow::unknown) return;
    const double now = record.value(metric, 0.0);
    const double then = before == nullptr ? 0.0 : before->value(metric, 0.0);
    record[metric + "_before"] = before != nullptr && before->contains(metric) ? (*before)[metric] : Record(0);
    if (then != 0) record[metric + "_change"] = change(then, now);
}

} // namespace

void compare(Listing& listing, const std::vector<Record>& before, const std::vector<std::string>& fields,
             const std::vector<std::string>& metrics, WithoutEarlierRow otherwise) {
    std::map<std::string, const Record*> then;
    for (const Record& record : before) then[key_of(record, fields)] = &record;
    for (Record& record : listing.records) {
        const auto found = then.find(key_of(record, fields));
        for (const std::string& metric : metrics) {
            add_metric(record, found == then.end() ? nullptr : found->second, metric, otherwise);
        }
    }
}

void add_compared_columns(Listing& listing, const std::vector<std::string>& metrics) {
    for (const std::string& metric : metrics) {
        listing.columns.push_back(metric + "_before");
        listing.columns.push_back(metric + "_change");
    }
}

} // namespace fathom::cli
