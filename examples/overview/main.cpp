// How are all my sites doing? One line for each, as soon as its figures come: visitors now, visits of the last 7 days.
//
//     FATHOM_API_KEY=... overview [--trace]
//
// All calls are under way at once, and the client keeps the service's limits: with more than five sites, it takes more
// than a minute. --trace writes what the client does to the standard error stream, as lines of JSON.
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

#include <fathom/fathom.hpp>

#include "json_lines.hpp"

namespace {

using namespace std::chrono;

const fathom::CallOptions patient{.timeout = hours{1}};

fathom::PageviewQuery last_week() {
    const auto now = floor<seconds>(system_clock::now());
    return {.aggregates = {fathom::PageviewMetric::visits}, .date_from = now - days{7}, .date_to = now};
}

fathom::Future<void> show(fathom::AsyncClient client, fathom::Site site) {
    // Both are under way before either is awaited.
    fathom::Future<fathom::CurrentVisitors> visitors = client.current_visitors().get(site.id, patient);
    fathom::Future<fathom::PageviewReport> week = client.aggregations().pageviews(site.id, last_week(), patient);

    const std::int64_t now = (co_await std::move(visitors)).value().total;
    const fathom::PageviewReport report = (co_await std::move(week)).value();
    const std::int64_t visits = report.empty() ? 0 : report[0].visits.value_or(0);
    std::cout << std::setw(6) << now << " now" << std::setw(10) << visits << " in 7 days   " << site.name << std::endl;
}

fathom::Future<void> show_all(fathom::AsyncClient client) {
    std::vector<fathom::Future<void>> shown;
    auto sites = client.sites().list();
    while (const std::optional<fathom::Page<fathom::Site>> page = (co_await sites.next_page()).value()) {
        for (const fathom::Site& site : page->data) shown.push_back(show(client, site));
    }
    const auto results = (co_await fathom::when_all(std::move(shown))).value();
    for (const fathom::Result<void>& result : results) result.value();
}

fathom::ClientOptions options_from_arguments(int argc, char** argv) {
    const char* key = std::getenv("FATHOM_API_KEY");       // NOLINT(concurrency-mt-unsafe): no other thread yet
    const char* base_url = std::getenv("FATHOM_BASE_URL"); // NOLINT(concurrency-mt-unsafe)
    fathom::ClientOptions options{.api_key = key != nullptr ? key : ""};
    if (base_url != nullptr) options.base_url = base_url;
    if (argc > 1 && std::string_view(argv[1]) == "--trace") options.observer = std::make_shared<JsonLines>();
    return options;
}

} // namespace

int main(int argc, char** argv) try {
    const fathom::AsyncClient client(options_from_arguments(argc, argv));
    show_all(client).get().value();
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
