// The first call of a process, over TLS to a server that one of the system's authorities vouches for; and the first 16 at
// once. Each is timed in a process of its own.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
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

void compare(std::string_view what, const std::function<void()>& ours, const std::function<void()>& theirs,
             double goal) {
    constexpr int rounds = 31;
    std::minstd_rand dice(1);
    std::vector<double> our_times;
    std::vector<double> their_times;
    for (int round = 0; round < rounds; ++round) {
        const bool is_ours_first = dice() % 2 == 0;
        if (is_ours_first) our_times.push_back(seconds_in_new_process(ours));
        their_times.push_back(seconds_in_new_process(theirs));
        if (!is_ours_first) our_times.push_back(seconds_in_new_process(ours));
    }
    print_ratio(what, "an easy handle each, libcurl's defaults", median_ratio(our_times, their_times), Goal::at_most,
                goal);
    std::printf("  (medians: %.1f ms and %.1f ms)\n", 1e3 * median(our_times), 1e3 * median(their_times));
}

} // namespace

int main() {
    const TlsServer server(Http::version_2);
    if (!server.join_system_authorities()) {
        std::puts("Left out: this needs a view of the file system of its own (unshare), and the system's authorities.");
        return 0;
    }
    const std::string base_url = server.base_url();
    const std::string url = base_url + "/sites?limit=100";
    const auto by_hand_call = [&] { static_cast<void>(by_hand::get_with_new_handle(url)); };
    const auto call = [](const fathom::Client& client) { static_cast<void>(client.sites().list().collect().value()); };
    print_head();
    compare("first TLS call of a process", [&] { call(fathom::Client(client_options(base_url))); }, by_hand_call, 0.15);
    compare(
        "first 16 TLS calls of a process, at once",
        [&] {
            const fathom::Client client(client_options(base_url));
            at_once(16, [&] { call(client); });
        },
        [&] {
            curl_global_init(CURL_GLOBAL_DEFAULT);
            at_once(16, by_hand_call);
        },
        0.12);
}
