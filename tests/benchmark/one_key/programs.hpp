/// @file
/// The programs that share a key: a board, an exporter, an export, and what cron starts.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/child_process.hpp"

namespace fathom {

/// Seconds between two looks of those that look again and again.
inline constexpr int board_interval = 31;
inline constexpr int exporter_interval = 12;

struct Ends {
    std::size_t good = 0;
    std::size_t bad = 0;
};

class Programs {
public:
    /// Starts the three that go on and on; the environment has the key, the address and the limit.
    /// @param folder for what they write
    Programs(std::filesystem::path folder, std::string site, std::size_t reports_per_minute);

    /// Ends the three without warning.
    void end();
    /// Starts one that asks for a report that no other asks for.
    void start_report();
    /// Until all of these have ended, or until then.
    void await_reports(std::chrono::steady_clock::time_point give_up_at) const;
    /// Whether the three still run.
    [[nodiscard]] bool are_running() const;
    /// How the reports have ended so far. To be called once.
    [[nodiscard]] Ends ends_of_reports();

    [[nodiscard]] int board_port() const noexcept { return board_port_; }
    [[nodiscard]] int exporter_port() const noexcept { return exporter_port_; }

private:
    std::filesystem::path folder_;
    std::string site_;
    int board_port_ = free_port();
    int exporter_port_ = free_port();
    std::unique_ptr<ChildProcess> board_;
    std::unique_ptr<ChildProcess> exporter_;
    std::unique_ptr<ChildProcess> export_;
    std::vector<std::unique_ptr<ChildProcess>> reports_{};
};

} // namespace fathom
