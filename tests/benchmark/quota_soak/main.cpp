// Several processes share one limit for minutes, through a file and then through Redis, and make report calls as fast as
// they may, against a service that enforces a fixed window and answers after random times. Prints how many requests it
// refused, which must be none, and how many it served beside the most that is possible.
//
//     fathom_quota_soak [minutes]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/testing/emulator.hpp>
#include <fathom/testing/faults.hpp>

#include "worker.hpp"
#if defined(FATHOM_REDIS_SERVER)
#include "support/child_process.hpp"
#endif

namespace {

using namespace std::chrono;
using Clock = steady_clock;

constexpr int workers = 4;
constexpr auto most_latency = 800ms;
constexpr auto mean_latency = most_latency / 2;
constexpr auto window = 60s;
constexpr std::size_t limit = 10;

struct Outcome {
    std::size_t served = 0;
    int refused = 0;
    std::size_t most_in_a_window = 0;
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

Outcome soak(const std::string& program, const std::string& place, minutes duration) {
    fathom::testing::EmulatorOptions options;
    options.dialect = fathom::testing::Dialect::live;
    fathom::testing::Emulator emulator(options); // with the service's own limits
    delay_randomly(emulator);
    const auto until = Clock::now() + duration;

    std::vector<std::unique_ptr<std::FILE, int (*)(std::FILE*)>> pipes;
    for (int number = 0; number < workers; ++number) {
        const std::string command = "'" + program + "' worker '" + place + "' " + emulator.base_url() + " " +
                                    emulator.api_key() + " " + emulator.site_ids().front() + " " +
                                    std::to_string(until.time_since_epoch().count());
        pipes.emplace_back(::popen(command.c_str(), "r"), &::pclose); // NOLINT(cert-env33-c): our own program
    }
    Outcome outcome;
    for (const auto& pipe : pipes) {
        int refused = 0;
        if (std::fscanf(pipe.get(), "%d", &refused) != 1) throw std::runtime_error("a worker failed");
        outcome.refused += refused;
    }
    outcome.served = emulator.request_count() - static_cast<std::size_t>(outcome.refused);
    outcome.most_in_a_window = most_in_a_window(emulator.requests());
    return outcome;
}

/// All at once, and then each as soon as its window and one answer have passed.
std::size_t most_possible(minutes duration) {
    const auto rounds = 1 + duration / (window + mean_latency);
    return static_cast<std::size_t>(rounds) * limit;
}

void report(std::string_view how, const Outcome& outcome, minutes duration) {
    const std::size_t ideal = most_possible(duration);
    std::cout << how << ": " << outcome.refused << " x 429, " << outcome.served << " requests served of " << ideal
              << " possible (" << 100 * outcome.served / ideal << " %), at most " << outcome.most_in_a_window
              << " arrivals in any 60 s" << std::endl;
}

int run_worker(char** arguments) {
    fathom::work({.place = arguments[2],
                  .base_url = arguments[3],
                  .api_key = arguments[4],
                  .site = arguments[5],
                  .until = Clock::time_point(Clock::duration(std::stoll(arguments[6])))});
    return EXIT_SUCCESS;
}

} // namespace

int main(int count, char** arguments) try {
    if (count == 7 && std::string_view(arguments[1]) == "worker") return run_worker(arguments);
    const minutes duration{count > 1 ? std::stol(arguments[1]) : 5};
    const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
#if defined(FATHOM_REDIS_SERVER)
    const int port = fathom::free_port();
    const fathom::ChildProcess redis({FATHOM_REDIS_SERVER, "--port", std::to_string(port), "--bind", "127.0.0.1",
                                      "--save", "", "--logfile", "/dev/null"});
    redis.wait_for_port(port);
    fathom::introduce_limit_to_redis(port);
#endif
    std::cout << workers << " processes for " << duration.count() << " minutes each, answers after 0 to "
              << most_latency.count() << " ms" << std::endl;
    const auto file = std::filesystem::temp_directory_path() / "fathom-quota-soak.limiter";
    std::filesystem::remove(file);
    report("file ", soak(program, file.string(), duration), duration);
    std::filesystem::remove(file);
#if defined(FATHOM_REDIS_SERVER)
    report("redis", soak(program, "redis:" + std::to_string(port), duration), duration);
#endif
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return EXIT_FAILURE;
}
