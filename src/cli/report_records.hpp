/// @file
/// The rows of a report as records.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <fathom/report.hpp>

#include "listing.hpp"

namespace fathom::cli {

/// How much of a bucket's time tells it: of a day the date, of an hour the minutes too.
[[nodiscard]] constexpr std::size_t length_of_time(DateGrouping grouping) noexcept {
    switch (grouping) {
    case DateGrouping::hour: return 16;
    case DateGrouping::day: return 10;
    case DateGrouping::month: return 7;
    case DateGrouping::year: return 4;
    }
    return 19;
}

template <class Metric>
[[nodiscard]] std::vector<Record> records_of(const Report<Metric>& report) {
    std::vector<Record> records;
    for (const auto& row : report) {
        records.push_back(record_of(row));
        Record& record = records.back();
        if (report.query().date_grouping && record.contains("date")) {
            record["date"] =
                record["date"].template get<std::string>().substr(0, length_of_time(*report.query().date_grouping));
        }
    }
    return records;
}

} // namespace fathom::cli
