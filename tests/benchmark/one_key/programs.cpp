#include "programs.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace fathom {

namespace {

std::unique_ptr<ChildProcess> start(std::vector<std::string> command, const std::filesystem::path& log) {
    return std::make_unique<ChildProcess>(std::move(command), ChildFiles{.out = "/dev/null", .error = log.string()});
}

} // namespace

Programs::Programs(std::filesystem::path folder, std::string site, std::size_t reports_per_minute)
    : folder_(std::move(folder)), site_(std::move(site)),
      board_(start({FATHOM_BOARD, site_, "--port", std::to_string(board_port_), "--every",
                    std::to_string(board_interval), "--limit-file", (folder_ / "limit").string(),
                    "--reports-per-minute", std::to_string(reports_per_minute)},
                   folder_ / "board.log")),
      exporter_(start({FATHOM_CLI, "exporter", "--listen", "127.0.0.1:" + std::to_string(exporter_port_), "--site",
                       site_, "--interval", std::to_string(exporter_interval)},
                      folder_ / "exporter.log")),
      export_(start({FATHOM_CLI, "export", "--all-sites", "--by", "hour", "--group", "pathname", "-o",
                     (folder_ / "history.jsonl").string()},
                    folder_ / "export.log")) {
    board_->wait_for_port(board_port_);
    exporter_->wait_for_port(exporter_port_);
}

void Programs::end() {
    for (const auto* one : {&export_, &exporter_, &board_}) (*one)->kill();
}

void Programs::start_report() {
    const std::string top = std::to_string(reports_.size() + 1);
    reports_.push_back(start({FATHOM_CLI, "report", "pageviews", site_, "--from", "2026-01-01", "--to", "2026-01-31",
                              "--group", "pathname", "--top", top, "--json"},
                             folder_ / ("report-" + top + ".log")));
}

void Programs::await_reports(std::chrono::steady_clock::time_point give_up_at) const {
    const auto has_ended = [](const auto& report) { return report->has_ended(); };
    while (!std::ranges::all_of(reports_, has_ended) && std::chrono::steady_clock::now() < give_up_at) {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

bool Programs::are_running() const { return !board_->has_ended() && !exporter_->has_ended() && !export_->has_ended(); }

Ends Programs::ends_of_reports() {
    Ends ends;
    for (const auto& report : reports_) {
        if (!report->has_ended()) continue;
        ++(report->wait() == 0 ? ends.good : ends.bad);
    }
    return ends;
}

} // namespace fathom
