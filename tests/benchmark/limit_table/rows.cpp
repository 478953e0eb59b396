#include "rows.hpp"

#include <cstdint>
#include <utility>

#include "support/samples.hpp"

namespace fathom::detail {

namespace {

using namespace std::chrono_literals;

Row cap(std::size_t calls) {
    constexpr double mean_round_trip = 0.44;
    return {.name = "cap of " + std::to_string(calls),
            .make = [calls] { return concurrency_cap(calls); },
            .served_per_hour = static_cast<double>(calls) * 3'600 / mean_round_trip,
            .patience = 1.3,
            .cap = calls};
}

Row beside(std::string name, Stranger stranger, bool counts_refused) {
    return {.name = std::move(name),
            .make = [counts_refused] { return sliding_log(ten_a_minute, counts_refused); },
            .served_per_hour = 300,
            .stranger = stranger};
}

} // namespace

std::vector<Row> all_rows() {
    return {{"sliding log", [] { return sliding_log(ten_a_minute, false); }, 600, 1.2},
            {"sliding log, counts refusals", [] { return sliding_log(ten_a_minute, true); }, 600, 1.2},
            {"fixed windows, aligned", [] { return aligned_windows(ten_a_minute); }, 600, 1.2},
            {"fixed windows, from first hit", [] { return windows_from_first_hit(ten_a_minute); }, 600, 1.2},
            {"leaky bucket", [] { return leaky_bucket(ten_a_minute); }, 600, 1.4},
            {"weighted counter, counts refusals", [] { return weighted_counter(ten_a_minute); }},
            cap(1),
            cap(3),
            cap(5),
            {"cap of 3 and sliding log", [] { return cap_and_window(3, ten_a_minute); }, 600, 1.4},
            beside("stranger takes half, evenly", Stranger::even, false),
            beside("stranger takes half, at once", Stranger::in_a_row, false),
            beside("the same evenly, refusals count", Stranger::even, true),
            beside("the same at once, refusals count", Stranger::in_a_row, true)};
}

double fair_wait(const Row& row, const LimitWorldOptions& options) {
    if (row.cap > 0) return std::chrono::duration<double>(fair_longest_wait(options, row.cap)).count();
    constexpr double slowest_round_trip = 5.04;
    const double minutes = static_cast<double>(options.callers) / (row.served_per_hour / 60);
    const bool in_bursts = options.burst_interval > 0s;
    return in_bursts ? (minutes - 1) * 60 + slowest_round_trip : minutes * 60; // the first go at once
}

std::chrono::milliseconds deadline(const Row& row, const LimitWorldOptions& options) {
    if (row.patience == 0) return 10min;
    const auto by_patience = static_cast<std::int64_t>(1'000 * row.patience * fair_wait(row, options));
    return std::chrono::milliseconds(by_patience) + (row.cap > 0 ? 10s : 0s);
}

} // namespace fathom::detail
