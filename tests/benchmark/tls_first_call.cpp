// The first call of a process, over TLS to a server that one of the system's authorities vouches for; and the first 16 at
// once. Each is timed in a process of its own.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

#include <fathom/fathom.hpp>

#include "support/by_hand.hpp"
#include "support/client_options.hpp"
#include "support/rounds.hpp"
#include "support/tls_server.hpp"

namespace {

using namespace fathom::benchmark;

/// How long the work takes in a new process; below zero where it fails.
double seconds_in_new_process(const std::function<void()>& work) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return -1;
    const pid_t process = fork();
    if (process == 0) {
        const auto before = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
        const double seconds = took.count();
        _exit(write(ends[1], &seconds, sizeof seconds) == sizeof seconds ? 0 : 1);
    }
    close(ends[1]);
    double seconds = -1;
    if (read(ends[0], &seconds, sizeof seconds) != sizeof seconds) seconds = -1;
    close(ends[0]);
    waitpid(process, nullptr, 0);
    return seconds;
}

void at_once(int count, const std::function<void()>& work) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back(work);
}

struct Work {
    std::string_view name;
    std::function<void()> ours;
    std::function<void()> theirs; ///< With libcurl's defaults.
    std::function<void()> least;  ///< libcurl without the cost of its defaults.
};

void compare(const Work& work, double goal) {
    constexpr int rounds = 31;
    std::array<std::vector<double>, 3> seconds;
    std::array<std::size_t, 3> order{0, 1, 2};
    std::minstd_rand dice(1);
    for (int round = 0; round < rounds; ++round) {
        std::ranges::shuffle(order, dice);
        for (const std::size_t next : order) {
            seconds[next].push_back(seconds_in_new_process(next == 0   ? work.ours
                                                           : next == 1 ? work.theirs
                                                                       : work.least));
        }
    }
    print_ratio(work.name, "an easy handle each, libcurl's defaults", median_ratio(seconds[0], seconds[1]),
                Goal::at_most, goal);
    std::printf(
        "  (medians: %.1f ms and %.1f ms; an easy handle each that looks into the folder alone: %.1f ms, ratio %.3f)\n",
        1e3 * median(seconds[0]), 1e3 * median(seconds[1]), 1e3 * median(seconds[2]),
        median_ratio(seconds[2], seconds[1]));
}

} // namespace

int main() {
    // What is compared is the trust that each has by itself; they would turn both to the same file.
    for (const char* variable : {"CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"}) unsetenv(variable);
    const TlsServer server(Http::version_2);
    if (!server.join_system_authorities()) {
        std::puts("Left out: this needs a view of the file system of its own (unshare), and the system's authorities.");
        return 0;
    }
    const std::string base_url = server.base_url();
    const std::string url = base_url + "/sites?limit=100";
    const auto by_hand_call = [&] { static_cast<void>(by_hand::get_with_new_handle(url)); };
    const auto least_call = [&] {
        by_hand::EasyHandle handle;
        handle.trust_system_folder();
        static_cast<void>(handle.get(url));
    };
    const auto call = [](const fathom::Client& client) { static_cast<void>(client.sites().list().collect().value()); };
    const auto sixteen = [](const std::function<void()>& work) {
        return [work] {
            curl_global_init(CURL_GLOBAL_DEFAULT);
            at_once(16, work);
        };
    };
    print_head();
    compare({.name = "first TLS call of a process",
             .ours = [&] { call(fathom::Client(client_options(base_url))); },
             .theirs = by_hand_call,
             .least = least_call},
            0.15);
    compare({.name = "first 16 TLS calls of a process, at once",
             .ours =
                 [&] {
                     const fathom::Client client(client_options(base_url));
                     at_once(16, [&] { call(client); });
                 },
             .theirs = sixteen(by_hand_call),
             .least = sixteen(least_call)},
            0.12);
}
