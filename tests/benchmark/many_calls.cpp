// How the cost of one call grows with the number of calls that a client has: the scheduler alone, in virtual time.
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "support/scheduler_bench.hpp"

namespace {

using namespace std::chrono_literals;
using fathom::detail::Call;
using fathom::detail::SchedulerBench;
using Calls = std::vector<std::shared_ptr<Call>>;

constexpr fathom::RateLimits scarce{.reports = {.requests = 10, .window = 1s}};

/// Runs a task once. @return nanoseconds per call
template <class Task>
double cost(std::size_t calls, const Task& task) {
    const auto begun = std::chrono::steady_clock::now();
    task();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begun).count() /
           static_cast<double>(calls);
}

Calls submit(SchedulerBench& bench, std::size_t count) {
    Calls calls;
    for (std::size_t i = 0; i < count; ++i) calls.push_back(bench.get("/" + std::to_string(i), {.timeout = 1'000h}));
    return calls;
}

Calls follow(SchedulerBench& bench, std::size_t count) {
    Calls calls;
    for (std::size_t i = 0; i < count; ++i) calls.push_back(bench.get("/one", {.timeout = 1'000h}));
    return calls;
}

void cancel(SchedulerBench& bench, const Calls& calls) {
    for (const auto& call : calls) bench.cancel(call);
}

void print_costs(std::size_t count) {
    Calls calls;
    SchedulerBench waiting({}, scarce);
    const double submitted = cost(count, [&] { calls = submit(waiting, count); });
    const double cancelled = cost(count, [&] { cancel(waiting, calls); });

    SchedulerBench flight;
    const double followed = cost(count, [&] { calls = follow(flight, count); });
    const double left = cost(count, [&] { cancel(flight, calls); });

    SchedulerBench shared;
    calls = follow(shared, count);
    const double answered = cost(count, [&] { shared.answer(200); });

    SchedulerBench closed({}, {.reports = {.requests = 1, .window = 1h}});
    calls = follow(closed, count);
    const double refused = cost(count, [&] {
        closed.answer(429);
        closed.pass(2'000h);
    });
    std::printf("%8zu %8.0f %8.0f %8.0f %8.0f %8.0f %8.0f\n", count, submitted, cancelled, followed, left, answered,
                refused);
}

} // namespace

int main() {
    std::puts("nanoseconds per call");
    std::printf("%8s %8s %8s %8s %8s %8s %8s\n", "calls", "submit", "cancel", "follow", "leave", "share", "refuse");
    for (const std::size_t count : {std::size_t{1'000}, std::size_t{10'000}, std::size_t{100'000}}) print_costs(count);
}
