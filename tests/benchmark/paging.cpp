// A list of 1,000 pages of 100 items, walked with and without prefetch by a program that has something to do with each.
#include <chrono>
#include <cstdio>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

#include <fathom/fathom.hpp>

#include "support/client_options.hpp"
#include "support/rounds.hpp"
#include "support/server_process.hpp"

namespace {

using namespace fathom::benchmark;
using std::chrono::milliseconds;

/// How long a walk takes; the work on each page takes as long as is said for its number.
double walk_seconds(const fathom::Client& client, bool prefetch, const std::function<milliseconds(int page)>& work) {
    const auto before = std::chrono::steady_clock::now();
    int pages = 0;
    for (const auto& page : client.events().list(fathom::SiteId{"CDBUGS"}, {.prefetch = prefetch}).pages()) {
        static_cast<void>(page.value());
        std::this_thread::sleep_for(work(pages++));
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
    if (pages != 1000) std::printf("The walk had %d pages, not 1000.\n", pages);
    return took.count();
}

void compare(std::string_view what, const std::vector<int>& delays_ms,
             const std::function<milliseconds(int page)>& work, double goal) {
    const ServerProcess server(delays_ms);
    const fathom::Client client(client_options(server.base_url()));
    const double ahead = walk_seconds(client, true, work);
    const double in_turn = walk_seconds(client, false, work);
    print_ratio(what, "the same walk without prefetch", ahead / in_turn, Goal::at_most, goal);
}

} // namespace

int main() {
    print_head();
    compare("1,000 pages, server 20 ms, program 10 ms", {20}, [](int) { return milliseconds{10}; }, 0.70);
    compare(
        "1,000 pages, server 5 or 35 ms, bursts", {5, 35}, [](int page) { return milliseconds{page % 4 < 2 ? 0 : 20}; },
        0.75);
}
