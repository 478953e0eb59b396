// Prints how the limiter fares against servers that limit in all ways that are known, in virtual time: the table of
// docs/rate-limits.md. fathom_limit_table [first seed]
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "support/limit_servers.hpp"
#include "support/limit_world.hpp"

namespace {

using namespace fathom;
using namespace fathom::detail;
using namespace std::chrono_literals;

constexpr RateLimit ten_a_minute{.requests = 10, .window = 60s};
constexpr int histories = 4;
constexpr double hour = 3'600;
constexpr std::size_t callers = 20;

/// A kind of server, and what an all-knowing client would get from it.
struct Row {
    std::string name;
    std::function<std::unique_ptr<LimitingServer>()> make;
    double served_per_hour; ///< Of a client that is always busy.
    std::size_t cap = 0;    ///< Where set, the permits are no bound, so that the cap alone is seen.
    Stranger stranger = Stranger::none;
};

double seconds_of(std::chrono::nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

Row window(std::string name, std::function<std::unique_ptr<LimitingServer>()> make,
           Stranger stranger = Stranger::none) {
    const double per_hour = stranger == Stranger::none ? 600 : 300;
    return {.name = std::move(name), .make = std::move(make), .served_per_hour = per_hour, .stranger = stranger};
}

Row cap(std::size_t calls) {
    constexpr double mean_round_trip = 0.44;
    return {.name = "cap of " + std::to_string(calls),
            .make = [calls] { return concurrency_cap(calls); },
            .served_per_hour = static_cast<double>(calls) * hour / mean_round_trip,
            .cap = calls};
}

std::vector<Row> rows() {
    return {
        window("sliding log", [] { return sliding_log(ten_a_minute, false); }),
        window("sliding log, counts refusals", [] { return sliding_log(ten_a_minute, true); }),
        window("fixed windows, aligned", [] { return aligned_windows(ten_a_minute); }),
        window("fixed windows, from first hit", [] { return windows_from_first_hit(ten_a_minute); }),
        window("leaky bucket", [] { return leaky_bucket(ten_a_minute); }),
        window("weighted counter, counts refusals", [] { return weighted_counter(ten_a_minute); }),
        cap(1),
        cap(3),
        cap(5),
        window("cap of 3 and sliding log", [] { return cap_and_window(3, ten_a_minute); }),
        window(
            "stranger takes half, evenly", [] { return sliding_log(ten_a_minute, false); }, Stranger::even),
        window("stranger takes half, at once", [] { return sliding_log(ten_a_minute, false); }, Stranger::in_a_row)};
}

/// Means over the histories, and the worst waits.
struct Cell {
    double served = 0; ///< Beside the all-knowing client.
    double refused_early = 0;
    double refused_late = 0;
    double longest_wait = 0; ///< Beside first come, first served.
    double failed = 0;
    double stranger_kept = 0;
};

Cell measure(const Row& row, std::size_t processes, RetryHint hint, bool in_bursts, std::uint64_t first_seed) {
    Cell cell;
    for (int i = 0; i < histories; ++i) {
        LimitWorldOptions options{.seed = first_seed + static_cast<std::uint64_t>(i),
                                  .processes = processes,
                                  .callers = callers,
                                  .slow_share = row.cap == 0 ? 0.1 : 0,
                                  .hint = hint,
                                  .stranger = row.stranger};
        if (row.cap > 0) options.limits.reports = {.requests = 1'000'000, .window = 3'600s};
        if (in_bursts) options.burst_interval = row.stranger == Stranger::none ? 150s : 300s;
        const auto server = row.make();
        const LimitWorldResult result = simulate(options, *server);
        const double possible = in_bursts ? static_cast<double>(result.made) : row.served_per_hour;
        const double fair_wait =
            row.cap > 0 ? seconds_of(fair_longest_wait(options, row.cap)) : callers * hour / row.served_per_hour;
        cell.served += static_cast<double>(result.served) / possible / histories;
        cell.refused_early += static_cast<double>(result.refused_early) / histories;
        cell.refused_late += static_cast<double>(result.refused_late) / histories;
        cell.failed += static_cast<double>(result.failed) / histories;
        cell.longest_wait = std::max(cell.longest_wait, seconds_of(result.longest_wait) / fair_wait);
        const auto strangers = static_cast<double>(result.stranger_served + result.stranger_refused);
        if (strangers > 0) cell.stranger_kept += static_cast<double>(result.stranger_served) / strangers / histories;
    }
    return cell;
}

/// The worst of each kind of Retry-After.
Cell worst(const Row& row, std::size_t processes, bool in_bursts, std::uint64_t first_seed) {
    Cell all{.served = 1e9, .stranger_kept = 1};
    for (const RetryHint hint : {RetryHint::right, RetryHint::none, RetryHint::one_second}) {
        const Cell cell = measure(row, processes, hint, in_bursts, first_seed);
        all.served = std::min(all.served, cell.served);
        all.refused_early = std::max(all.refused_early, cell.refused_early);
        all.refused_late = std::max(all.refused_late, cell.refused_late);
        all.longest_wait = std::max(all.longest_wait, cell.longest_wait);
        all.failed = std::max(all.failed, cell.failed);
        all.stranger_kept = std::min(all.stranger_kept, cell.stranger_kept);
    }
    return all;
}

void print(const Row& row, const char* client, const Cell& one, const Cell& four) {
    std::printf("| %s | %s | %.0f %% / %.0f %% | %.0f / %.0f | %.0f / %.0f | %.1f × / %.1f × | %.0f / %.0f |",
                row.name.c_str(), client, one.served * 100, four.served * 100, one.refused_early, four.refused_early,
                one.refused_late, four.refused_late, one.longest_wait, four.longest_wait, one.failed, four.failed);
    if (row.stranger != Stranger::none) {
        std::printf(" %.0f %% / %.0f %%", one.stranger_kept * 100, four.stranger_kept * 100);
    }
    std::printf(" |\n");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    const std::uint64_t first_seed = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'260;
    std::printf("| Server | Client | Served of what is possible | 429s in the first 10 min | 429s in the next 50 min "
                "| Longest wait | Failed | Stranger keeps |\n|---|---|---|---|---|---|---|---|\n");
    for (const Row& row : rows()) {
        print(row, "busy", worst(row, 1, false, first_seed), worst(row, 4, false, first_seed));
        print(row, "bursts", worst(row, 1, true, first_seed), worst(row, 4, true, first_seed));
    }
}
