#include "rounds.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <numeric>
#include <random>

namespace fathom::benchmark {

namespace {

double process_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void time_one(const Contender& contender, int repetitions, Timing& timing) {
    const double cpu_before = process_seconds();
    const auto before = std::chrono::steady_clock::now();
    for (int i = 0; i < repetitions; ++i) contender.work();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - before;
    timing.wall_seconds.push_back(wall.count() / repetitions);
    timing.cpu_seconds.push_back((process_seconds() - cpu_before) / repetitions);
}

} // namespace

std::vector<Timing> time_beside_each_other(const std::vector<Contender>& contenders, const Plan& plan) {
    std::vector<Timing> timings;
    for (const Contender& contender : contenders) {
        timings.push_back({contender.name});
        contender.work(); // connects, and fills the caches
    }
    std::vector<std::size_t> order(contenders.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::minstd_rand dice(1);
    for (int round = 0; round < plan.rounds; ++round) {
        std::ranges::shuffle(order, dice);
        for (const std::size_t next : order) time_one(contenders[next], plan.repetitions, timings[next]);
    }
    return timings;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

double median_ratio(const std::vector<double>& ours, const std::vector<double>& theirs) {
    std::vector<double> ratios(ours.size());
    std::ranges::transform(ours, theirs, ratios.begin(), [](double a, double b) { return a / b; });
    return median(std::move(ratios));
}

void print_head() { std::printf("%-52s %-40s %6s  %s\n", "work", "beside", "ratio", "goal"); }

void print_ratio(std::string_view work, std::string_view beside, double ratio, Goal kind, double goal) {
    const bool is_met = kind == Goal::at_most ? ratio <= goal : ratio >= goal;
    std::printf("%-52.*s %-40.*s %6.3f  %s %.2f %s\n", static_cast<int>(work.size()), work.data(),
                static_cast<int>(beside.size()), beside.data(), ratio, kind == Goal::at_most ? "<=" : ">=", goal,
                is_met ? "met" : "MISSED");
    std::fflush(stdout);
}

void print_floor(const Timing& floor, const Timing& beside) {
    std::printf("  (%s takes %.3f of %s)\n", floor.name.c_str(), median_ratio(floor.wall_seconds, beside.wall_seconds),
                beside.name.c_str());
}

void print_wall_ratio(std::string_view work, const std::vector<Timing>& timings, std::size_t other, double goal) {
    const Timing& ours = timings.front();
    const Timing& theirs = timings[other];
    print_ratio(work, theirs.name, median_ratio(ours.wall_seconds, theirs.wall_seconds), Goal::at_most, goal);
}

} // namespace fathom::benchmark
