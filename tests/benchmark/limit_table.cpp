// Prints how the limiter fares against servers that limit in all ways that are known, in virtual time: the table of
// docs/rate-limits.md. fathom_limit_table [each] [first seed]; with `each`, a line for each kind of Retry-After.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fathom/file_rate_limiter.hpp>

#include "support/limit_servers.hpp"
#include "support/limit_world.hpp"

namespace {

using namespace fathom;
using namespace fathom::detail;
using namespace std::chrono_literals;

constexpr RateLimit ten_a_minute{.requests = 10, .window = 60s};
constexpr RateLimit no_bound{.requests = 1'000, .window = 60s}; ///< So that the cap alone is seen.
constexpr double hour = 3'600;
constexpr std::size_t callers = 20;

/// A kind of server, and what an all-knowing client would get from it.
struct Row {
    std::string name;
    std::function<std::unique_ptr<LimitingServer>()> make;
    double served_per_hour = 600; ///< Of a client that is always busy.
    double patience =
        0; ///< So many times as long as an all-knowing client would need are the deadlines; 0: much longer.
    std::size_t cap = 0; ///< Where set, the cap is the only bound.
    Stranger stranger = Stranger::none;
};

Row cap(std::size_t calls) {
    constexpr double mean_round_trip = 0.44;
    return {.name = "cap of " + std::to_string(calls),
            .make = [calls] { return concurrency_cap(calls); },
            .served_per_hour = static_cast<double>(calls) * hour / mean_round_trip,
            .patience = 1.3,
            .cap = calls};
}

Row beside(std::string name, Stranger stranger, bool counts_refused) {
    return {.name = std::move(name),
            .make = [counts_refused] { return sliding_log(ten_a_minute, counts_refused); },
            .served_per_hour = 300,
            .stranger = stranger};
}

std::vector<Row> rows() {
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

/// Who shares the limit, and how. By a file, each step takes a thousand times as long to simulate.
struct Sharing {
    std::size_t processes;
    bool by_file = false;
    [[nodiscard]] int histories() const { return by_file ? 1 : 12; }
};
constexpr std::array<Sharing, 3> sharings{{{1}, {4}, {4, true}}};

/// A file of this run's own, in memory where that is possible.
std::filesystem::path limit_file() {
    const std::filesystem::path in_memory = "/dev/shm";
    return (std::filesystem::exists(in_memory) ? in_memory : std::filesystem::temp_directory_path()) /
           ("fathom-limit-table-" + std::to_string(::getpid()));
}

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

/// The longest wait in seconds that an all-knowing client would have, which serves in order of arrival.
double fair_wait(const Row& row, const LimitWorldOptions& options) {
    if (row.cap > 0) return seconds_of(fair_longest_wait(options, row.cap));
    constexpr double slowest_round_trip = 5.04;
    const double minutes = callers / (row.served_per_hour / 60);
    const bool in_bursts = options.burst_interval > 0s;
    return in_bursts ? (minutes - 1) * 60 + slowest_round_trip : minutes * 60; // the first go at once
}

/// Under a cap there are 10 s more, in which it is found.
std::chrono::milliseconds deadline(const Row& row, double fair) {
    if (row.patience == 0) return 10min;
    return std::chrono::milliseconds(static_cast<std::int64_t>(1'000 * row.patience * fair)) + (row.cap > 0 ? 10s : 0s);
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
    if (sharing.by_file) {
        std::filesystem::remove(limit_file());
        options.make_limiter = [](const RateLimits& limits) { return file_rate_limiter(limit_file(), limits); };
        if (row.cap > 0) options.length = 900s;
    }
    options.timeout = deadline(row, fair_wait(row, options));
    return options;
}

Cell measure(const Row& row, const Sharing& sharing, RetryHint hint, bool in_bursts, std::uint64_t first_seed) {
    Cell cell;
    const int histories = sharing.histories();
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
    if (sharing.by_file) std::filesystem::remove(limit_file());
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
    for (const Sharing& sharing : sharings) {
        cells.push_back(worst(row, sharing, sharing.by_file ? Hints{hints.back()} : hints, in_bursts, first_seed));
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

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string_view> arguments(argv + 1, argv + argc);
    const bool each = std::erase(arguments, "each") > 0;
    const std::uint64_t first_seed = arguments.empty() ? 20'260 : std::strtoull(arguments[0].data(), nullptr, 10);
    std::printf("| Server | Client | Served of possible, %% | 429s in 10 min | 429s in the next 50 | Longest wait "
                "| Failed | Stranger keeps, %% |\n|---|---|---|---|---|---|---|---|\n");
    for (const Row& row : rows()) {
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
