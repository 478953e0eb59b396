// What calls and reports ask of the heap. Counting slows the heap down, so nothing is timed here.
#include <cstdio>
#include <functional>
#include <string>

#include <fathom/fathom.hpp>

#include "support/allocations.hpp"
#include "support/by_hand.hpp"
#include "support/client_options.hpp"
#include "support/report.hpp"
#include "support/rounds.hpp"
#include "support/sample_bodies.hpp"
#include "support/server_process.hpp"

namespace {

using namespace fathom::benchmark;

double allocations_each(const std::function<void()>& work) {
    constexpr int count = 200;
    work();
    work();
    const std::size_t before = heap_use().allocations;
    for (int i = 0; i < count; ++i) work();
    return static_cast<double>(heap_use().allocations - before) / count;
}

void measure_call() {
    const ServerProcess server;
    const std::string base_url = server.base_url();
    const fathom::Client client(client_options(base_url));
    by_hand::EasyHandle handle;
    const std::string url = base_url + "/sites?limit=100";
    const double ours = allocations_each([&] { static_cast<void>(client.sites().list().collect().value()); });
    const double theirs = allocations_each([&] { static_cast<void>(by_hand::decode_sites(handle.get(url))); });
    std::printf("A list of sites takes %.0f allocations; by hand, %.0f.\n", ours, theirs);
    print_ratio("list of sites, 2 KB: allocations", "a reused easy handle, nlohmann DOM", ours / theirs, Goal::at_most,
                0.35);
}

void measure_report(std::size_t rows) {
    const std::string body = report_body(rows);
    const HeapUse before = heap_use();
    forget_heap_peak();
    const std::vector<fathom::PageviewRow> decoded = decoded_report(body);
    const HeapUse after = heap_use();
    const std::string work = "report of " + std::to_string(decoded.size()) + " rows";
    print_ratio(work + ": peak beyond the body", "its body",
                static_cast<double>(after.peak_bytes - before.bytes) / static_cast<double>(body.size()), Goal::at_most,
                1.6);
    print_ratio(work + ": allocations", "its rows",
                static_cast<double>(after.allocations - before.allocations) / static_cast<double>(rows), Goal::at_most,
                1.1);
}

} // namespace

int main() {
    print_head();
    measure_call();
    for (const std::size_t rows : {1'000U, 10'000U, 100'000U, 1'000'000U}) measure_report(rows);
}
