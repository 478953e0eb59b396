// Prints how the limiter fares against servers that limit in all ways that are known, in virtual time: the tables of
// docs/rate-limits.md. fathom_limit_table [each] [first seed]; with `each`, a line for each kind of Retry-After.
// fathom_limit_table paces [first seed]: what a client that knows the stranger could have beside it.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fixed_pace.hpp"
#include "rows.hpp"
#include "sharings.hpp"

namespace {

using namespace fathom;
using namespace fathom::detail;
using namespace std::chrono_literals;

constexpr RateLimit no_bound{.requests = 1'000, .window = 60s}; ///< So that the cap alone is seen.
constexpr double hour = 3'600;
constexpr std::size_t callers = 20;

/// Means over the histories, and the longest waits.
struct Cell {
    double served = 0; ///< Beside the all-knowing client.
    double refused_early = 0;
    double refused_late = 0;
    double longest_wait = 0; ///< Beside first come, first served.
    double failed = 0;
    double stranger_kept = 0;
};

double seconds_of(std::chrono::nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

/// Under a cap alone a single history has many thousands of calls.
int histories_of(const Row& row, const Sharing& sharing) {
    if (!sharing.is_slow()) return 12;
    return row.cap > 0 ? 1 : 3;
}

LimitWorldOptions world(const Row& row, const Sharing& sharing, RetryHint hint, bool in_bursts, std::uint64_t seed) {
    LimitWorldOptions options{.seed = seed,
                              .processes = sharing.processes,
                              .callers = callers,
                              .slow_share = row.cap == 0 ? 0.1 : 0,
                              .hint = hint,
                              .stranger = row.stranger};
    if (row.cap > 0) options.limits.reports = no_bound;
    if (in_bursts) options.burst_interval = row.stranger == Stranger::none ? 150s : 300s;
    if (sharing.new_history) options.make_limiter = sharing.new_history();
    options.timeout = deadline(row, options);
    return options;
}

Cell measure(const Row& row, const Sharing& sharing, RetryHint hint, bool in_bursts, std::uint64_t first_seed) {
    Cell cell;
    const int histories = histories_of(row, sharing);
    for (int i = 0; i < histories; ++i) {
        const LimitWorldOptions options =
            world(row, sharing, hint, in_bursts, first_seed + static_cast<std::uint64_t>(i));
        const auto server = row.make();
        const LimitWorldResult result = simulate(options, *server);
        const double possible =
            in_bursts ? static_cast<double>(result.made) : row.served_per_hour * seconds_of(options.length) / hour;
        cell.served += static_cast<double>(result.served) / possible / histories;
        cell.refused_early += static_cast<double>(result.refused_early) / histories;
        cell.refused_late += static_cast<double>(result.refused_late) / histories;
        cell.failed += static_cast<double>(result.failed) / histories;
        cell.longest_wait = std::max(cell.longest_wait, seconds_of(result.longest_wait) / fair_wait(row, options));
        const auto strangers = static_cast<double>(result.stranger_served + result.stranger_refused);
        if (strangers > 0) cell.stranger_kept += static_cast<double>(result.stranger_served) / strangers / histories;
    }
    return cell;
}

using Hints = std::vector<RetryHint>;

/// The worst of each kind of Retry-After.
Cell worst(const Row& row, const Sharing& sharing, const Hints& hints, bool in_bursts, std::uint64_t first_seed) {
    Cell all{.served = 1e9, .stranger_kept = 1};
    for (const RetryHint hint : hints) {
        const Cell cell = measure(row, sharing, hint, in_bursts, first_seed);
        all.served = std::min(all.served, cell.served);
        all.refused_early = std::max(all.refused_early, cell.refused_early);
        all.refused_late = std::max(all.refused_late, cell.refused_late);
        all.longest_wait = std::max(all.longest_wait, cell.longest_wait);
        all.failed = std::max(all.failed, cell.failed);
        all.stranger_kept = std::min(all.stranger_kept, cell.stranger_kept);
    }
    return all;
}

/// One column: a figure for each way of sharing.
void print(const std::vector<Cell>& cells, double Cell::* figure, int decimals, double factor = 1) {
    const char* separator = " ";
    for (const Cell& cell : cells) {
        std::printf("%s%.*f", std::exchange(separator, " / "), decimals, cell.*figure * factor);
    }
    std::printf(" |");
}

void print(const Row& row, bool in_bursts, const Hints& hints, std::string_view hint_name, std::uint64_t first_seed) {
    std::vector<Cell> cells;
    for (const Sharing& sharing : all_sharings()) {
        cells.push_back(worst(row, sharing, sharing.is_slow() ? Hints{hints.back()} : hints, in_bursts, first_seed));
    }
    std::printf("| %s%s | %s |", row.name.c_str(), std::string(hint_name).c_str(), in_bursts ? "bursts" : "busy");
    print(cells, &Cell::served, 0, 100);
    print(cells, &Cell::refused_early, 0);
    print(cells, &Cell::refused_late, 0);
    print(cells, &Cell::longest_wait, 2);
    print(cells, &Cell::failed, 1);
    if (row.stranger != Stranger::none) print(cells, &Cell::stranger_kept, 0, 100);
    std::printf("%s\n", row.stranger == Stranger::none ? " |" : "");
    std::fflush(stdout);
}

void print_table(bool each, std::uint64_t first_seed) {
    std::printf("| Server | Client | Served of possible, %% | 429s in 10 min | 429s in the next 50 | Longest wait "
                "| Failed | Stranger keeps, %% |\n|---|---|---|---|---|---|---|---|\n");
    for (const Row& row : all_rows()) {
        for (const bool in_bursts : {false, true}) {
            if (!each) {
                print(row, in_bursts, {RetryHint::right, RetryHint::one_second, RetryHint::none}, "", first_seed);
                continue;
            }
            print(row, in_bursts, {RetryHint::right}, ", Retry-After right", first_seed);
            print(row, in_bursts, {RetryHint::one_second}, ", Retry-After: 1", first_seed);
            print(row, in_bursts, {RetryHint::none}, ", no Retry-After", first_seed);
        }
    }
}

void print_paces(std::uint64_t first_seed) {
    std::printf(
        "| Requests in 61 s | Evenly: served, %% | Stranger keeps, %% | At once: served, %% | Stranger keeps, %% |\n"
        "|---|---|---|---|---|\n");
    for (const double requests : {3.0, 3.75, 4.0, 4.2, 4.4, 4.7, 5.0, 5.5}) {
        const PaceOutcome even = keep_to_pace(requests, Spread::even, first_seed);
        const PaceOutcome at_once = keep_to_pace(requests, Spread::at_once, first_seed);
        std::printf("| %.2f | %.0f | %.0f | %.0f | %.0f |\n", requests, 100 * even.served, 100 * even.stranger_kept,
                    100 * at_once.served, 100 * at_once.stranger_kept);
    }
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string_view> arguments(argv + 1, argv + argc);
    const bool each = std::erase(arguments, "each") > 0;
    const bool paces = std::erase(arguments, "paces") > 0;
    const std::uint64_t first_seed = arguments.empty() ? 31'000 : std::strtoull(arguments[0].data(), nullptr, 10);
    if (paces) {
        print_paces(first_seed);
    } else {
        print_table(each, first_seed);
    }
}
