/// @file
/// A scheduler on the bench: a test makes calls, ends attempts and moves time by hand.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "core/scheduler.hpp"

namespace fathom::detail {

/// Holds a scheduler, records what it asks to be done, and keeps the time.
class SchedulerBench final : private Effects {
public:
    using TimePoint = Scheduler::TimePoint;

    explicit SchedulerBench(const CacheOptions& cache = {}, const RateLimits& limits = {})
        : SchedulerBench(cache, local_rate_limiter(limits)) {}
    SchedulerBench(const CacheOptions& cache, std::shared_ptr<RateLimiter> limits)
        : limiter(std::move(limits)), scheduler({.cache = cache,
                                                 .limiter = limiter,
                                                 .attempt_timeout = std::chrono::minutes{1},
                                                 .default_timeout = std::chrono::minutes{2},
                                                 .read_message = [](std::string_view) { return ServerMessage{}; }},
                                                *this) {}

    /// Makes a GET of that target.
    std::shared_ptr<Call> get(const std::string& target, const CallOptions& options = {}) {
        return make({.operation = "get", .target = target, .group = LimitGroup::reports}, options);
    }
    /// Makes any call.
    std::shared_ptr<Call> make(OperationRequest request, const CallOptions& options = {}) {
        const auto timeout = options.timeout.value_or(std::chrono::minutes{2});
        auto call = std::make_shared<Call>(std::move(request), now.steady + timeout, options);
        scheduler.submit(call, now);
        scheduler.advance(now);
        return call;
    }
    void cancel(const std::shared_ptr<Call>& call) { scheduler.cancel(call, now); }

    /// Ends the oldest attempt under way with an answer.
    void answer(int status, std::string body = "{}") { end(HttpResponse{.status = status, .body = std::move(body)}); }
    /// Ends the oldest attempt under way with 429.
    void answer_refused(const std::string& retry_after) {
        end(HttpResponse{.status = 429, .headers = {{"Retry-After", retry_after}}});
    }
    /// Ends the oldest attempt under way with an answer that has these headers.
    void answer_with(HttpHeaders headers) { end(HttpResponse{.status = 200, .headers = std::move(headers)}); }
    /// Ends the oldest attempt under way with an answer that says how many requests remain.
    void answer_with_remaining(int remaining) {
        answer_with({{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", std::to_string(remaining)}});
    }
    /// Ends the oldest attempt under way without one.
    void fail(TransportError failure) { end(std::move(failure)); }

    /// Lets time pass, event by event.
    void pass(std::chrono::nanoseconds duration) {
        const TimePoint until = now.steady + duration;
        for (auto next = scheduler.next_event(); next && *next <= until; next = scheduler.next_event()) {
            set(std::max(now.steady, *next));
        }
        set(until);
    }

    /// Lets time pass in which nothing runs.
    void sleep(std::chrono::nanoseconds duration) { set(now.steady + duration); }

    [[nodiscard]] std::size_t sent() const noexcept { return sent_; }
    [[nodiscard]] std::size_t under_way() const noexcept { return transfers_.size(); }
    [[nodiscard]] std::size_t given_up() const noexcept { return given_up_; }
    [[nodiscard]] bool was_left_behind() const noexcept { return left_behind_; }

    Now now{TimePoint{std::chrono::hours{1}}, std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    std::shared_ptr<RateLimiter> limiter;
    Scheduler scheduler;

private:
    void set(TimePoint time) {
        now.calendar += std::chrono::duration_cast<std::chrono::system_clock::duration>(time - now.steady);
        now.steady = time;
        scheduler.advance(now);
    }
    template <class Outcome>
    void end(Outcome outcome) {
        const TransferId oldest = transfers_.at(0);
        transfers_.erase(transfers_.begin());
        scheduler.ended({oldest, std::move(outcome)}, now);
        scheduler.advance(now);
    }

    void begin(const Call& call) override {
        ++sent_;
        transfers_.push_back(call.progress.transfer);
    }
    bool give_up(TransferId transfer) noexcept override {
        ++given_up_;
        std::erase(transfers_, transfer);
        return true;
    }
    void finished(std::shared_ptr<Call>) noexcept override {}
    void left_behind() override { left_behind_ = true; }

    std::vector<TransferId> transfers_{};
    std::size_t sent_ = 0;
    std::size_t given_up_ = 0;
    bool left_behind_ = false;
};

/// The body that a call got; the error's kind where it failed; nothing while it is under way.
[[nodiscard]] inline std::string outcome(const std::shared_ptr<Call>& call) {
    if (!call->outcome) return "";
    return *call->outcome ? call->outcome->value().body : std::string(to_string(call->outcome->error().kind));
}

} // namespace fathom::detail
