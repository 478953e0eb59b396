// Several processes share one limit for minutes, through a file and through Redis, and make report calls as fast as they
// may, against a service that enforces a sliding window and answers after random times. Meanwhile they are killed, stopped
// and continued at random. Prints for each of the two how many requests the service saw at most in any window, how many it
// served beside the most that is possible, how many it refused, and how fairly the calls were served; fails where a promise
// was broken.
//
//     fathom_quota_soak [minutes [seed]]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <future>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fathom/testing/emulator.hpp>
#include <fathom/testing/faults.hpp>

#include "journal.hpp"
#include "support/child_process.hpp"
#include "troubled_processes.hpp"
#include "worker.hpp"

namespace {

using namespace std::chrono;
using Clock = steady_clock;

constexpr std::size_t workers = 4;
constexpr auto most_latency = 800ms;
constexpr auto mean_latency = most_latency / 2;
constexpr auto window = 60s;
constexpr std::size_t limit = 10;

/// When the permit of a process that was killed is back at the latest: its attempt may have lasted until it must end, and
/// may arrive late; and a window and a second.
constexpr auto longest_hold = fathom::attempt_of_worker + 10s + window + 1s;

/// What is lost to processes that are killed while they hold permits; those come back up to 12 s later.
constexpr std::size_t least_percent = 75;

/// One whose process does not run for half a second loses its turn, be it that the machine is busy.
constexpr std::size_t most_percent_overtaken = 5;

struct Outcome {
    std::size_t most_in_a_window = 0;
    std::size_t served = 0;
    std::size_t refused = 0;
    std::size_t kills = 0;
    std::size_t stops = 0;
    fathom::Fairness fairness{};
    nanoseconds all_back_in{0};
};

/// Each request waits for a time of its own.
void delay_randomly(fathom::testing::Emulator& emulator) {
    std::minstd_rand random(1);
    for (int request = 0; request < 1'000; ++request) {
        const milliseconds delay{std::uniform_int_distribution<milliseconds::rep>(0, most_latency.count())(random)};
        emulator.inject(fathom::testing::faults::delay(delay));
    }
}

std::size_t most_in_a_window(const std::vector<fathom::testing::RecordedRequest>& requests) {
    std::size_t most = 0;
    for (auto first = requests.begin(); first != requests.end(); ++first) {
        const auto end = std::find_if(first, requests.end(), [&](const auto& request) {
            return request.arrived_at - first->arrived_at >= window;
        });
        most = std::max(most, static_cast<std::size_t>(end - first));
    }
    return most;
}

/// An id for each caller of a worker.
std::string sites_of(fathom::testing::Emulator& emulator) {
    std::string sites;
    for (std::size_t count = 0; count < fathom::callers_of_worker; ++count) {
        sites += emulator.add_site({.name = "Soak " + std::to_string(count)}) + ",";
    }
    return sites;
}

Outcome soak(const std::string& place, const std::filesystem::path& journal, seconds duration, std::uint64_t seed) {
    fathom::testing::EmulatorOptions options;
    options.dialect = fathom::testing::Dialect::live;
    options.limits.window = fathom::testing::LimitWindow::sliding;
    fathom::testing::Emulator emulator(options); // with the service's own numbers
    delay_randomly(emulator);
    std::filesystem::remove(journal);
    const auto until = Clock::now() + duration;

    const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
    fathom::TroubledProcesses processes(workers,
                                        {program, "worker", place, emulator.base_url(), emulator.api_key(),
                                         sites_of(emulator), journal.string(),
                                         std::to_string(until.time_since_epoch().count())},
                                        seed);
    processes.trouble_until(until);
    std::this_thread::sleep_for(fathom::attempt_of_worker); // what is under way ends

    const auto entries = fathom::read_journal(journal.string());
    Outcome outcome;
    outcome.most_in_a_window = most_in_a_window(emulator.requests());
    outcome.refused = static_cast<std::size_t>(std::ranges::count(entries, 429, &fathom::JournalEntry::status));
    outcome.served = emulator.request_count() - outcome.refused;
    outcome.kills = processes.kills();
    outcome.stops = processes.stops().size();
    outcome.fairness = fathom::fairness(entries, processes.stops());
    outcome.all_back_in = fathom::until_all_are_back(place);
    std::filesystem::remove(journal);
    return outcome;
}

/// All at once, and then each as soon as its window and one answer have passed.
std::size_t most_possible(seconds duration) {
    const auto rounds = 1 + duration / (window + mean_latency);
    return static_cast<std::size_t>(rounds) * limit;
}

/// Prints it. @return whether all promises were kept
bool report(std::string_view store, const Outcome& outcome, seconds duration) {
    const std::size_t possible = most_possible(duration);
    std::cout << store << ": " << outcome.kills << " kills, " << outcome.stops << " stops; "
              << outcome.fairness.overtaken << " of " << outcome.fairness.calls << " calls overtaken, longest wait "
              << ceil<seconds>(outcome.fairness.longest_wait).count() << " s; all permits back after "
              << ceil<seconds>(outcome.all_back_in).count() << " s\n"
              << store << ": at most " << outcome.most_in_a_window << " arrivals in any 60 s, " << outcome.served
              << " calls of " << possible << " possible, " << outcome.refused << " x 429" << std::endl;
    return outcome.most_in_a_window <= limit && outcome.refused == 0 &&
           100 * outcome.fairness.overtaken <= most_percent_overtaken * outcome.fairness.calls &&
           100 * outcome.served >= least_percent * possible && outcome.all_back_in <= longest_hold;
}

int run_worker(char** arguments) {
    fathom::work({.place = arguments[2],
                  .base_url = arguments[3],
                  .api_key = arguments[4],
                  .sites = arguments[5],
                  .journal = arguments[6],
                  .until = Clock::time_point(Clock::duration(std::stoll(arguments[7])))});
    return EXIT_SUCCESS;
}

/// Both stores at the same time.
bool run(seconds duration, std::uint64_t seed) {
    const auto folder = std::filesystem::temp_directory_path();
    const std::string name = "fathom-quota-soak-" + std::to_string(Clock::now().time_since_epoch().count());
    const auto file = folder / (name + ".limiter");
    std::cout << workers << " processes with " << fathom::callers_of_worker << " callers each for " << duration.count()
              << " s, answers after 0 to " << most_latency.count() << " ms; seed " << seed << std::endl;
    auto by_file =
        std::async(std::launch::async, [&] { return soak(file.string(), folder / (name + ".file"), duration, seed); });
#if defined(FATHOM_REDIS_SERVER)
    const int port = fathom::free_port();
    const fathom::ChildProcess redis({FATHOM_REDIS_SERVER, "--port", std::to_string(port), "--bind", "127.0.0.1",
                                      "--save", "", "--logfile", "/dev/null"});
    redis.wait_for_port(port);
    fathom::introduce_limit_to_redis(port);
    const Outcome by_redis = soak("redis:" + std::to_string(port), folder / (name + ".redis"), duration, seed + 1);
#endif
    bool is_kept = report("file", by_file.get(), duration);
    std::filesystem::remove(file);
#if defined(FATHOM_REDIS_SERVER)
    is_kept = report("redis", by_redis, duration) && is_kept;
#endif
    return is_kept;
}

} // namespace

int main(int count, char** arguments) try {
    if (count == 8 && std::string_view(arguments[1]) == "worker") return run_worker(arguments);
    const minutes duration{count > 1 ? std::stol(arguments[1]) : 4};
    const std::uint64_t seed = count > 2 ? std::stoull(arguments[2]) : std::random_device{}();
    if (run(duration, seed)) return EXIT_SUCCESS;
    std::cerr << "a promise was broken\n";
    return EXIT_FAILURE;
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return EXIT_FAILURE;
}
