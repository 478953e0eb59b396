/// @file
/// A scheduler against a simulated network and server, in virtual time: one random history of calls.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "core/scheduler.hpp"

namespace fathom::detail {

/// What a history is made of; drawn at random by random_history().
struct HistoryOptions {
    std::uint64_t seed = 0;
    int calls = 0;
    std::chrono::milliseconds mean_gap{};        ///< Between two arrivals of calls.
    double burst_chance = 0;                     ///< That a call comes together with the one before.
    std::chrono::milliseconds longest_uplink{};  ///< From send to arrival at the server.
    std::chrono::milliseconds longest_latency{}; ///< From arrival to the answer's end.
    double failure_chance = 0;                   ///< That an attempt gets no answer although it arrives.
    double unsent_chance = 0;                    ///< That an attempt provably never leaves.
    double outage_chance = 0;                    ///< That an attempt is answered 503.
    double cancel_chance = 0;                    ///< That a call is cancelled at a random time.
    std::chrono::milliseconds timeout{};         ///< Of each call.
};

/// A history with random ingredients.
[[nodiscard]] HistoryOptions random_history(std::uint64_t seed);

/// Runs one history to its end.
class LimitSimulation final : private Effects {
public:
    using TimePoint = Scheduler::TimePoint;

    LimitSimulation(const HistoryOptions& options, std::shared_ptr<RateLimiter> limiter);

    void run();

    /// When each request reached the server, ascending.
    [[nodiscard]] std::vector<TimePoint> arrivals() const;
    /// The calls in the order in which their first attempt was sent.
    [[nodiscard]] const std::vector<const Call*>& first_sends() const noexcept { return first_sends_; }
    /// All calls, in the order in which they were made.
    [[nodiscard]] const std::vector<std::shared_ptr<Call>>& calls() const noexcept { return calls_; }
    /// How long the requests were under way on average.
    [[nodiscard]] std::chrono::nanoseconds mean_round_trip() const;
    /// When the history ended.
    [[nodiscard]] TimePoint end() const noexcept { return now_; }

private:
    void begin(const Call& call) override;
    bool give_up(TransferId transfer) noexcept override;
    void finished(std::shared_ptr<Call> call) noexcept override;
    void left_behind() override;

    void make_calls();
    void step_to(TimePoint time);
    [[nodiscard]] TimePoint next_time() const;
    [[nodiscard]] std::chrono::milliseconds up_to(std::chrono::milliseconds longest);
    [[nodiscard]] bool happens(double chance);
    [[nodiscard]] Now present() const;

    HistoryOptions options_;
    std::mt19937_64 random_;
    Scheduler scheduler_;
    TimePoint now_{std::chrono::hours{1}};
    std::vector<std::shared_ptr<Call>> calls_{};
    std::vector<const Call*> first_sends_{};
    std::multimap<TimePoint, std::shared_ptr<Call>> to_submit_{};
    std::multimap<TimePoint, std::shared_ptr<Call>> to_cancel_{};
    std::multimap<TimePoint, Transfer> to_end_{};
    std::map<TransferId, TimePoint> arrivals_{};
    std::map<TransferId, TimePoint> sends_{};
    std::chrono::nanoseconds under_way_{0};
    std::size_t unfinished_ = 0;
};

/// The most arrivals in any window of that length that begins with an arrival (and does not include its own end).
[[nodiscard]] std::size_t most_in_sliding_window(const std::vector<LimitSimulation::TimePoint>& arrivals,
                                                 std::chrono::nanoseconds window);
/// The most arrivals in any of the fixed windows that begin with the first arrival after the last window.
[[nodiscard]] std::size_t most_in_fixed_window(const std::vector<LimitSimulation::TimePoint>& arrivals,
                                               std::chrono::nanoseconds window);
/// The arrivals as a server sees them that counts in whole seconds.
[[nodiscard]] std::vector<LimitSimulation::TimePoint>
in_whole_seconds(std::vector<LimitSimulation::TimePoint> arrivals);

} // namespace fathom::detail
