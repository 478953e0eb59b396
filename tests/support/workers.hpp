/// @file
/// Processes that share a limit.
#pragma once

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fathom/rate_limit.hpp>

namespace fathom {

/// Starts processes that send as often as they may, and collects when each request arrived.
class Workers {
public:
    using TimePoint = RateLimiter::Clock::time_point;

    /// @param place what they share: the path of a file, or `redis:`, a port, `:`, a name
    explicit Workers(std::string place) : place_(std::move(place)) {}

    /// @param mode for how many milliseconds to send; or `die`, holding all permits there are
    void start(const std::string& mode) {
        const std::string command = std::string(FATHOM_LIMITER_WORKER) + " '" + place_ + "' " + mode;
        pipes_.emplace_back(::popen(command.c_str(), "r"), &::pclose);
    }
    /// Waits for all processes to end.
    [[nodiscard]] std::vector<TimePoint> arrivals() {
        std::vector<TimePoint> times;
        for (const auto& pipe : pipes_) {
            long long ticks = 0;
            while (std::fscanf(pipe.get(), "%lld", &ticks) == 1) {
                times.emplace_back(RateLimiter::Clock::duration(ticks));
            }
        }
        pipes_.clear();
        std::ranges::sort(times);
        return times;
    }

private:
    std::string place_;
    std::vector<std::unique_ptr<std::FILE, int (*)(std::FILE*)>> pipes_{};
};

} // namespace fathom
