/// @file
/// Processes that are killed, stopped and continued at random.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "journal.hpp"
#include "support/child_process.hpp"

namespace fathom {

/// A number of processes of the same program. One that is killed is started again.
class TroubledProcesses {
public:
    using Clock = std::chrono::steady_clock;

    /// @param command starts one
    TroubledProcesses(std::size_t count, std::vector<std::string> command, std::uint64_t seed);

    /// Gives them trouble for as long; then all go on.
    void trouble_until(Clock::time_point end);

    [[nodiscard]] const std::vector<Stop>& stops() const noexcept { return stops_; }
    [[nodiscard]] std::size_t kills() const noexcept { return kills_; }

private:
    struct Process {
        std::unique_ptr<ChildProcess> child{};
        std::optional<Stop> stop{}; ///< Until when it is stopped.
    };

    void trouble(Process& process, Clock::time_point end);
    void go_on(Process& process);
    [[nodiscard]] std::chrono::milliseconds between(std::chrono::milliseconds least, std::chrono::milliseconds most);

    std::vector<std::string> command_;
    std::mt19937_64 random_;
    std::vector<Process> processes_;
    std::vector<Stop> stops_{};
    std::size_t kills_ = 0;
};

} // namespace fathom
