#include "limit_simulation.hpp"

#include <algorithm>
#include <utility>

namespace fathom::detail {

using namespace std::chrono_literals;

HistoryOptions random_history(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto milliseconds = [&random](std::int64_t least, std::int64_t most) {
        return std::chrono::milliseconds{std::uniform_int_distribution(least, most)(random)};
    };
    const auto chance = [&random](double most) { return std::uniform_real_distribution(0.0, most)(random); };
    return {.seed = seed,
            .calls = std::uniform_int_distribution(5, 60)(random),
            .mean_gap = milliseconds(0, 8'000),
            .burst_chance = chance(0.9),
            .longest_uplink = milliseconds(0, 9'000),
            .longest_latency = milliseconds(0, 20'000),
            .failure_chance = chance(0.3),
            .unsent_chance = chance(0.2),
            .outage_chance = chance(0.2),
            .cancel_chance = chance(0.3),
            .timeout = milliseconds(5'000, 600'000)};
}

LimitSimulation::LimitSimulation(const HistoryOptions& options, std::shared_ptr<RateLimiter> limiter)
    : options_(options), random_(options.seed),
      scheduler_({.limiter = std::move(limiter),
                  .attempt_timeout = std::chrono::minutes{1},
                  .default_timeout = options.timeout,
                  .read_message = [](std::string_view) { return ServerMessage{}; },
                  .seed = options.seed},
                 *this) {}

void LimitSimulation::run() {
    make_calls();
    unfinished_ = calls_.size();
    while (unfinished_ > 0) step_to(next_time());
}

std::vector<LimitSimulation::TimePoint> LimitSimulation::arrivals() const {
    std::vector<TimePoint> times;
    for (const auto& [transfer, time] : arrivals_) times.push_back(time);
    std::ranges::sort(times);
    return times;
}

std::chrono::nanoseconds LimitSimulation::mean_round_trip() const {
    return under_way_ / static_cast<std::int64_t>(std::max<std::size_t>(sends_.size(), 1));
}

void LimitSimulation::make_calls() {
    TimePoint time = now_;
    for (int i = 0; i < options_.calls; ++i) {
        if (!happens(options_.burst_chance)) time += up_to(options_.mean_gap * 2);
        auto call = std::make_shared<Call>(OperationRequest{.operation = "getAggregations",
                                                            .target = "/aggregations?call=" + std::to_string(i),
                                                            .group = LimitGroup::reports},
                                           time + options_.timeout);
        calls_.push_back(call);
        to_submit_.emplace(time, call);
        if (happens(options_.cancel_chance)) to_cancel_.emplace(time + up_to(options_.timeout), call);
    }
}

void LimitSimulation::step_to(TimePoint time) {
    now_ = std::max(now_, time);
    const auto take_due = [this](auto& events, auto&& act) {
        while (!events.empty() && events.begin()->first <= now_) {
            auto event = std::move(events.begin()->second);
            events.erase(events.begin());
            act(std::move(event));
        }
    };
    take_due(to_end_, [this](Transfer transfer) { scheduler_.ended(std::move(transfer), present()); });
    take_due(to_submit_, [this](const std::shared_ptr<Call>& call) { scheduler_.submit(call, present()); });
    take_due(to_cancel_, [this](const std::shared_ptr<Call>& call) { scheduler_.cancel(call, present()); });
    scheduler_.advance(present());
}

LimitSimulation::TimePoint LimitSimulation::next_time() const {
    TimePoint next = scheduler_.next_event().value_or(TimePoint::max());
    if (!to_end_.empty()) next = std::min(next, to_end_.begin()->first);
    if (!to_submit_.empty()) next = std::min(next, to_submit_.begin()->first);
    if (!to_cancel_.empty()) next = std::min(next, to_cancel_.begin()->first);
    return next;
}

void LimitSimulation::begin(const Call& call) {
    if (call.progress.attempts == 1) first_sends_.push_back(&call);
    if (happens(options_.unsent_chance)) {
        to_end_.emplace(now_,
                        Transfer{call.progress.transfer, TransportError{.message = "refused", .request_sent = false}});
        return;
    }
    const TimePoint arrival = now_ + up_to(options_.longest_uplink);
    const TimePoint end = arrival + up_to(options_.longest_latency);
    arrivals_.emplace(call.progress.transfer, arrival);
    sends_.emplace(call.progress.transfer, now_);
    under_way_ += end - now_;
    if (happens(options_.failure_chance)) {
        // The client may learn of the failure before the request arrives.
        const TimePoint failure = now_ + up_to(options_.longest_uplink);
        to_end_.emplace(failure, Transfer{call.progress.transfer, TransportError{.message = "reset"}});
        return;
    }
    const int status = happens(options_.outage_chance) ? 503 : 200;
    to_end_.emplace(end, Transfer{call.progress.transfer, HttpResponse{.status = status}});
}

bool LimitSimulation::give_up(TransferId) noexcept { return true; }

void LimitSimulation::finished(std::shared_ptr<Call>) noexcept { --unfinished_; }

void LimitSimulation::left_behind() {}

std::chrono::milliseconds LimitSimulation::up_to(std::chrono::milliseconds longest) {
    return std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>(0, longest.count())(random_)};
}

bool LimitSimulation::happens(double chance) { return std::bernoulli_distribution(chance)(random_); }

Now LimitSimulation::present() const {
    return {now_, std::chrono::system_clock::time_point(
                      std::chrono::duration_cast<std::chrono::system_clock::duration>(now_.time_since_epoch()))};
}

std::size_t most_in_sliding_window(const std::vector<LimitSimulation::TimePoint>& arrivals,
                                   std::chrono::nanoseconds window) {
    std::size_t most = 0;
    auto first = arrivals.begin();
    for (auto last = arrivals.begin(); last != arrivals.end(); ++last) {
        while (*last - *first >= window) ++first;
        most = std::max(most, static_cast<std::size_t>(last - first) + 1);
    }
    return most;
}

std::size_t most_in_fixed_window(const std::vector<LimitSimulation::TimePoint>& arrivals,
                                 std::chrono::nanoseconds window) {
    std::size_t most = 0;
    std::size_t count = 0;
    auto window_start = LimitSimulation::TimePoint::min() + window;
    for (const LimitSimulation::TimePoint arrival : arrivals) {
        if (count == 0 || arrival - window_start >= window) {
            window_start = arrival;
            count = 0;
        }
        most = std::max(most, ++count);
    }
    return most;
}

std::vector<LimitSimulation::TimePoint> in_whole_seconds(std::vector<LimitSimulation::TimePoint> arrivals) {
    for (LimitSimulation::TimePoint& arrival : arrivals) arrival = std::chrono::floor<std::chrono::seconds>(arrival);
    return arrivals;
}

} // namespace fathom::detail
