// Prints how many requests the history of a year takes by hour and path, beside other ways to fetch it; fails where a row is
// missing, or where it takes more than it may: a tenth more than packing, three for each hour that is more than an answer, one
// for 180 days.
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

/// How many paths, and countries of each, an hour has.
struct Hour {
    std::int64_t paths = 0;
    std::int64_t countries = 1;

    [[nodiscard]] std::int64_t rows() const { return paths * countries; }
};

/// The hours that have visits.
using Load = std::map<int, Hour>;

std::int64_t rows_between(const Load& load, int first, int behind) {
    std::int64_t rows = 0;
    for (auto hour = load.lower_bound(first); hour != load.end() && hour->first < behind; ++hour)
        rows += hour->second.rows();
    return rows;
}

/// By path alone where that tells all rows apart.
FieldGrouping grouping_of(const Load& load) {
    const auto has_countries = [](const auto& hour) { return hour.second.countries > 1; };
    if (std::ranges::any_of(load, has_countries)) return {Field::pathname, Field::country_code};
    return Field::pathname;
}

SimulatedReports service_of(const Load& load) {
    SimulatedReports service;
    for (const auto& [hour, counted] : load) {
        for (std::int64_t i = 0; i < counted.rows(); ++i) {
            const std::string path = "/page/" + std::to_string(i / counted.countries * 7919 % 90'000);
            service.add({.hour = start + hours{hour}, .values = {path, "C" + std::to_string(i % counted.countries)}});
        }
    }
    return service;
}

/// What the history takes, and whether it has all rows.
struct Taken {
    std::size_t requests = 0;
    bool is_whole = false;
};

Taken by_history(const Load& load) {
    SimulatedReports service = service_of(load);
    detail::history::HistoryWalk<PageviewMetric> walk({.query = {.aggregates = {PageviewMetric::uniques},
                                                                 .date_grouping = DateGrouping::hour,
                                                                 .field_grouping = grouping_of(load)},
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
    return {.requests = service.requests, .is_whole = rows == rows_between(load, 0, hours_of_a_year)};
}

/// Whole hours packed into answers, at most a week each, by somebody who knows what comes, and asks for no hour without a visit.
std::size_t packed(const Load& load) {
    std::size_t requests = 0;
    for (auto hour = load.begin(); hour != load.end(); ++requests) {
        const int behind = hour->first + 168;
        std::int64_t rows = hour->second.rows();
        if (rows >= most_rows) requests += static_cast<std::size_t>((rows - 1) / most_rows); // and one below
        for (++hour; hour != load.end() && hour->first < behind; ++hour) {
            rows += hour->second.rows();
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
    const auto is_full = [](const auto& hour) { return hour.second.rows() >= most_rows; };
    return packed(load) * 11 / 10 + 3 * static_cast<std::size_t>(std::ranges::count_if(load, is_full)) + maps;
}

/// @return whether the history has all rows, and takes no more than it may
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
    const Taken taken = by_history(load);
    std::printf("%-40s %9lld rows  packed %5zu  history %5zu%s  at most %5zu  halving %s  weeks 53, %d of them cut\n",
                name, static_cast<long long>(rows_between(load, 0, hours_of_a_year)), packed(load), taken.requests,
                taken.is_whole ? "" : " WITHOUT ALL ROWS", bound_of(load),
                halves_can ? std::to_string(halves).c_str() : "cannot", weeks_cut);
    return taken.is_whole && taken.requests <= bound_of(load);
}

Load even(int every, std::int64_t paths) {
    Load load;
    for (int hour = 0; hour < hours_of_a_year; hour += every) load[hour] = {paths};
    return load;
}

} // namespace

int main() {
    Load one_week_in_four;
    for (int hour = 0; hour < hours_of_a_year; hour += 8) {
        if (hour / 168 % 4 == 0) one_week_in_four[hour] = {1};
    }
    Load with_bursts = even(1, 20);
    for (int i = 0; i < 20; ++i) with_bursts[400 * i + 13] = {5'000};
    Load with_one_path_from_everywhere = even(8, 1);
    with_one_path_from_everywhere[400] = {1, 1'300};
    bool is_within = true;
    for (const auto& [name, load] :
         {std::pair("3 a day", even(8, 1)), std::pair("3 a day, one week in four", one_week_in_four),
          std::pair("20 an hour", even(1, 20)), std::pair("106 an hour", even(1, 106)),
          std::pair("20 an hour, 20 hours of 5,000 paths", with_bursts),
          std::pair("3 a day, one path from 1,300 countries", with_one_path_from_everywhere)}) {
        is_within = print(name, load) && is_within;
    }
    return is_within ? 0 : 1;
}
