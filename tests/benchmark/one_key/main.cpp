// 50 browsers on the board, an exporter that is scraped each second, an export of whole histories and 100 reports as cron
// starts them, at once and with one key: prints what the service saw and how fast the board answered; fails where a promise
// was broken. The emulator has a higher limit than the service, so that this takes two minutes and not hours.
//
//     fathom_one_key [reports a minute]
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <string>
#include <thread>

#include <unistd.h>

#include <fathom/testing/emulator.hpp>

#include "browsers.hpp"
#include "figures.hpp"
#include "programs.hpp"

namespace {

using namespace std::chrono_literals;

constexpr std::size_t browser_count = 50;
constexpr std::size_t report_count = 100;
constexpr std::chrono::seconds window = 60s;
/// Two windows of a client, each with the second that is added since the service counts in whole seconds.
constexpr std::chrono::seconds measured = 2 * (window + 1s);
constexpr double least_share = 0.95;
constexpr std::chrono::nanoseconds longest_answer = 10ms;

struct Folder {
    Folder() { std::filesystem::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("fathom-one-key-" + std::to_string(::getpid()));
};

void set(const char* name, const std::string& value) {
    ::setenv(name, value.c_str(), 1); // NOLINT(concurrency-mt-unsafe): no other thread reads it
}

void share(const fathom::testing::Emulator& emulator, const Folder& folder, std::size_t limit) {
    set("FATHOM_API_KEY", emulator.api_key());
    set("FATHOM_BASE_URL", emulator.base_url());
    set("FATHOM_REPORTS_PER_MINUTE", std::to_string(limit));
    set("FATHOM_LIMIT_FILE", (folder.path / "limit").string());
    set("HOME", folder.path.string());
}

double milliseconds(std::chrono::nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

/// @return whether all is as promised
bool print(const fathom::Requests& requests, std::size_t limit, const fathom::Latencies& board,
           const fathom::Latencies& scrapes, fathom::Programs& programs) {
    const fathom::Requests reports = fathom::reports_of(requests);
    const std::size_t refused = fathom::refused_of(requests);
    // Of reports alone: what it needs of a site each program reads once for itself.
    const fathom::Requests repeated =
        fathom::repeated_within(reports, std::chrono::seconds{fathom::exporter_interval - 1});
    const double possible =
        static_cast<double>(limit) * static_cast<double>(measured.count()) / static_cast<double>(window.count());
    const double share = static_cast<double>(fathom::come_within(reports, measured)) / possible;
    const auto p99 = board.percentile(0.99);
    const fathom::Ends cron = programs.ends_of_reports();
    std::cout << std::fixed << std::setprecision(1) << "requests             " << requests.size() << ", of which "
              << reports.size() << " reports\n"
              << "answered 429         " << refused << '\n'
              << "reports asked twice  " << repeated.size() << '\n'
              << "of the possible rate " << share * 100 << " % in " << measured.count() << " s\n"
              << "board answers        " << board.count() << ": median " << milliseconds(board.percentile(0.5))
              << " ms, 99 % within " << milliseconds(p99) << " ms\n"
              << "scrapes              " << scrapes.count() << ": 99 % within "
              << milliseconds(scrapes.percentile(0.99)) << " ms\n"
              << "reports by cron      " << cron.good << " of " << report_count << " done, " << cron.bad << " failed\n";
    for (const auto& request : repeated) std::cout << "again " << request.method << ' ' << request.path << '\n';
    return refused == 0 && repeated.empty() && share >= least_share && p99 <= longest_answer &&
           cron.good == report_count && programs.are_running();
}

bool run(std::size_t limit) {
    const Folder folder;
    fathom::testing::Emulator emulator{{.dialect = fathom::testing::Dialect::live,
                                        .sample_data = fathom::testing::SampleData::full,
                                        .limits = {.reports = {.requests = limit, .window = window},
                                                   .window = fathom::testing::LimitWindow::sliding}}};
    share(emulator, folder, limit);
    fathom::Programs programs(folder.path, emulator.site_ids().front(), limit);
    fathom::Latencies scrapes;
    const fathom::Scraper scraper(programs.exporter_port(), scrapes);
    fathom::Latencies board;
    const fathom::Browsers browsers(programs.board_port(), browser_count, board);
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < report_count; ++i) {
        std::this_thread::sleep_until(start + i * 1s);
        programs.start_report();
    }
    std::this_thread::sleep_until(start + measured + 3s);
    programs.await_reports(start + measured + 2 * window);
    const bool is_as_promised = print(emulator.requests(), limit, board, scrapes, programs);
    programs.end();
    return is_as_promised;
}

} // namespace

int main(int argc, char** argv) try {
    return run(argc > 1 ? std::stoul(argv[1]) : 100) ? 0 : 1;
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 2;
}
