// Prints how many requests the history of a year takes by hour and path, beside other ways to fetch it; fails where it takes
// more than it may: a tenth more than packing, three for each hour that is more than an answer, one for 180 days.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <utility>

#include "history/history_walk.hpp"
#include "support/simulated_reports.hpp"

namespace {

using namespace fathom;
using namespace std::chrono;

constexpr local_days start{2025y / January / 1};
constexpr int hours_of_a_year = 365 * 24;
constexpr std::int64_t most_rows = 1'000;

/// How many paths each hour has.
using Load = std::map<int, std::int64_t>;

std::int64_t rows_between(const Load& load, int first, int behind) {
    std::int64_t rows = 0;
    for (auto hour = load.lower_bound(first); hour != load.end() && hour->first < behind; ++hour) rows += hour->second;
    return rows;
}

SimulatedReports service_of(const Load& load) {
    SimulatedReports service;
    for (const auto& [hour, paths] : load) {
        for (std::int64_t i = 0; i < paths; ++i) {
            service.add({.hour = start + hours{hour}, .values = {"/page/" + std::to_string(i * 7919 % 90'000), "DE"}});
        }
    }
    return service;
}

std::size_t by_history(const Load& load) {
    SimulatedReports service = service_of(load);
    detail::history::HistoryWalk<PageviewMetric> walk({.query = {.aggregates = {PageviewMetric::uniques},
                                                                 .date_grouping = DateGrouping::hour,
                                                                 .field_grouping = Field::pathname},
                                                       .zone = TimeZone::find("UTC").value(),
                                                       .begin = start,
                                                       .next = start,
                                                       .end = start + hours{hours_of_a_year},
                                                       .now = start + days{400}});
    std::int64_t rows = 0;
    while (walk.question()) {
        walk.answer(service.answer(*walk.question()));
        while (const auto piece = walk.take()) rows += static_cast<std::int64_t>(piece->value().report.size());
    }
    if (rows != rows_between(load, 0, hours_of_a_year))
        std::printf("rows are missing: %lld\n", static_cast<long long>(rows));
    return service.requests;
}

/// Whole hours packed into answers, at most a week each, by somebody who knows what comes.
std::size_t packed(const Load& load) {
    std::size_t requests = 0;
    for (int hour = 0; hour < hours_of_a_year; ++requests) {
        std::int64_t rows = load.contains(hour) ? load.at(hour) : 0;
        if (rows >= most_rows) requests += static_cast<std::size_t>((rows - 1) / most_rows); // and one below
        const int week = hour + 168;
        for (++hour; hour < std::min(week, hours_of_a_year); ++hour) {
            rows += load.contains(hour) ? load.at(hour) : 0;
            if (rows >= most_rows) break;
        }
    }
    return requests;
}

/// A window that is cut is asked for again in halves. @return 0 where an hour alone is cut
std::size_t by_halves(const Load& load, int first, int behind) {
    if (rows_between(load, first, behind) < most_rows) return 1;
    const int middle = first + (behind - first) / 2;
    if (middle == first) return 0;
    const std::size_t left = by_halves(load, first, middle);
    const std::size_t right = by_halves(load, middle, behind);
    return left == 0 || right == 0 ? 0 : 1 + left + right;
}

std::size_t bound_of(const Load& load) {
    constexpr std::size_t maps = (365 + 179) / 180;
    const auto is_full = [](const auto& hour) { return hour.second >= most_rows; };
    return packed(load) * 11 / 10 + 3 * static_cast<std::size_t>(std::ranges::count_if(load, is_full)) + maps;
}

/// @return whether the history takes no more than it may
bool print(const char* name, const Load& load) {
    std::size_t halves = 0;
    bool halves_can = true;
    int weeks_cut = 0;
    for (int hour = 0; hour < hours_of_a_year; hour += 168) {
        const int behind = std::min(hour + 168, hours_of_a_year);
        const std::size_t requests = by_halves(load, hour, behind);
        halves_can = halves_can && requests > 0;
        halves += requests;
        weeks_cut += rows_between(load, hour, behind) >= most_rows ? 1 : 0;
    }
    const std::size_t requests = by_history(load);
    std::printf("%-38s %9lld rows  packed %5zu  history %5zu  at most %5zu  halving %s  weeks 53, %d of them cut\n",
                name, static_cast<long long>(rows_between(load, 0, hours_of_a_year)), packed(load), requests,
                bound_of(load), halves_can ? std::to_string(halves).c_str() : "cannot", weeks_cut);
    return requests <= bound_of(load);
}

Load even(int every, std::int64_t paths) {
    Load load;
    for (int hour = 0; hour < hours_of_a_year; hour += every) load[hour] = paths;
    return load;
}

} // namespace

int main() {
    Load one_week_in_four;
    for (int hour = 0; hour < hours_of_a_year; hour += 8) {
        if (hour / 168 % 4 == 0) one_week_in_four[hour] = 1;
    }
    Load with_bursts = even(1, 20);
    for (int i = 0; i < 20; ++i) with_bursts[400 * i + 13] = 5'000;
    bool is_within = true;
    for (const auto& [name, load] :
         {std::pair("3 a day", even(8, 1)), std::pair("3 a day, one week in four", one_week_in_four),
          std::pair("20 an hour", even(1, 20)), std::pair("106 an hour", even(1, 106)),
          std::pair("20 an hour, 20 hours of 5,000 paths", with_bursts)}) {
        is_within = print(name, load) && is_within;
    }
    return is_within ? 0 : 1;
}
