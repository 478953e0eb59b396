#include "limit_world.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

namespace fathom::detail {

namespace {

using namespace std::chrono_literals;
using TimePoint = LimitingServer::TimePoint;

constexpr auto first_minute = 60s;
constexpr auto early = 600s;

class World;

/// A program's client: a scheduler whose requests go into the world.
class Process final : private Effects {
public:
    Process(World& world, const std::shared_ptr<RateLimiter>& limiter, std::uint64_t seed);

    void make_call(Now now);
    void end(TransferId transfer, HttpResponse answer, Now now) {
        scheduler_.ended({transfer, std::move(answer)}, now);
        scheduler_.advance(now);
    }
    /// Does what is due. @return whether anything was
    bool advance(Now now);
    [[nodiscard]] TimePoint next_event() const {
        return has_word_ ? TimePoint::min() : scheduler_.next_event().value_or(TimePoint::max());
    }

private:
    void begin(const Call& call) override;
    bool give_up(TransferId) noexcept override { return true; }
    void finished(std::shared_ptr<Call> call) noexcept override;
    void left_behind() noexcept override {}

    World& world_;
    bool has_word_ = false; ///< The limiter said that a permit may be free.
    std::shared_ptr<RateLimiter> limiter_;
    Scheduler scheduler_;
};

/// Events in order of time, and what they do.
class World {
public:
    World(const LimitWorldOptions& options, LimitingServer& server)
        : options_(options), server_(server), random_(options.seed), start_(TimePoint{1h} + up_to(60s)), now_(start_) {
        const auto in_memory = local_rate_limiter(options.limits);
        for (std::size_t i = 0; i < options.processes; ++i) {
            const auto limiter = options.make_limiter ? options.make_limiter(options.limits) : in_memory;
            processes_.push_back(std::make_unique<Process>(*this, limiter, random_()));
        }
    }

    LimitWorldResult run();

    [[nodiscard]] const LimitWorldOptions& options() const noexcept { return options_; }
    void send(Process& process, TransferId transfer);
    void finished(Process& process, const Call& call);
    [[nodiscard]] std::size_t next_number() noexcept { return result_.made++; }

private:
    void at(TimePoint time, std::function<void()> event) { events_.emplace(time, std::move(event)); }
    void make_bursts();
    void begin_stranger();
    void stranger_sends();
    void arrive(Process& process, TransferId transfer);
    [[nodiscard]] HttpResponse refusal();
    [[nodiscard]] std::chrono::nanoseconds up_to(std::chrono::nanoseconds longest);
    [[nodiscard]] Now now() const {
        return {now_, std::chrono::system_clock::time_point(
                          std::chrono::duration_cast<std::chrono::system_clock::duration>(now_.time_since_epoch()))};
    }

    LimitWorldOptions options_;
    LimitingServer& server_;
    std::mt19937_64 random_;
    std::vector<std::unique_ptr<Process>> processes_{};
    std::multimap<TimePoint, std::function<void()>> events_{};
    TimePoint start_; // anywhere in the minute that a server may count in
    TimePoint now_;
    LimitWorldResult result_{};
};

Process::Process(World& world, const std::shared_ptr<RateLimiter>& limiter, std::uint64_t seed)
    : world_(world), limiter_(limiter->attach([this] { has_word_ = true; })),
      scheduler_({.limiter = limiter_,
                  .attempt_timeout = 60s,
                  .default_timeout = 120s,
                  .read_message = [](std::string_view) { return ServerMessage{}; },
                  .seed = seed},
                 *this) {}

void Process::make_call(Now now) {
    auto call = std::make_shared<Call>(OperationRequest{.operation = "call",
                                                        .target = "/" + std::to_string(world_.next_number()),
                                                        .group = world_.options().group},
                                       now.steady + world_.options().timeout);
    scheduler_.submit(call, now);
    scheduler_.advance(now);
}

bool Process::advance(Now now) {
    if (std::exchange(has_word_, false)) {
        scheduler_.limit_changed(now);
        return true;
    }
    if (next_event() > now.steady) return false;
    scheduler_.advance(now);
    return true;
}

void Process::begin(const Call& call) { world_.send(*this, call.progress.transfer); }

void Process::finished(std::shared_ptr<Call> call) noexcept { world_.finished(*this, *call); }

LimitWorldResult World::run() {
    const TimePoint end = start_ + options_.length;
    if (options_.burst_interval > 0s) {
        make_bursts();
    } else {
        for (std::size_t i = 0; i < options_.callers; ++i) {
            at(start_, [this, i] { processes_[i % processes_.size()]->make_call(now()); });
        }
    }
    if (options_.stranger != Stranger::none) begin_stranger();
    while (true) {
        TimePoint next = events_.empty() ? TimePoint::max() : events_.begin()->first;
        for (const auto& process : processes_) next = std::min(next, process->next_event());
        if (next > end) return std::move(result_);
        now_ = std::max(now_, next);
        if (!events_.empty() && events_.begin()->first <= now_) {
            const auto event = std::move(events_.begin()->second);
            events_.erase(events_.begin());
            event();
        }
        for (bool is_moving = true; is_moving;) {
            is_moving = false;
            for (const auto& process : processes_) is_moving = process->advance(now()) || is_moving;
        }
    }
}

void World::make_bursts() {
    for (TimePoint time = start_; time + options_.burst_interval <= start_ + options_.length;
         time += options_.burst_interval) {
        for (std::size_t i = 0; i < options_.callers; ++i) {
            at(time, [this, i] { processes_[i % processes_.size()]->make_call(now()); });
        }
    }
}

void World::begin_stranger() {
    at(start_ + up_to(12s), [this] { stranger_sends(); });
}

void World::stranger_sends() {
    const RateLimit& limit = options_.limits.of(options_.group);
    const std::size_t half = limit.requests / 2;
    const std::size_t at_once = options_.stranger == Stranger::in_a_row ? half : 1;
    for (std::size_t i = 0; i < at_once; ++i) {
        if (server_.takes(now_)) {
            ++result_.stranger_served;
            at(now_ + up_to(options_.longest_work), [this] { server_.worked_off(now_); });
        } else {
            ++result_.stranger_refused;
        }
    }
    const std::chrono::nanoseconds distance = limit.window * at_once / half;
    const bool is_even = options_.stranger == Stranger::even;
    at(now_ + (is_even ? distance / 2 + up_to(distance) : distance), [this] { stranger_sends(); });
}

void World::send(Process& process, TransferId transfer) {
    at(now_ + up_to(mean_network_time), [this, &process, transfer] { arrive(process, transfer); });
}

void World::arrive(Process& process, TransferId transfer) {
    const std::chrono::nanoseconds way_back = up_to(mean_network_time);
    if (!server_.takes(now_)) {
        ++(now_ < start_ + early ? result_.refused_early : result_.refused_late);
        at(now_ + way_back, [this, &process, transfer, answer = refusal()] { process.end(transfer, answer, now()); });
        return;
    }
    result_.arrivals_served.push_back(now_);
    const bool is_slow = std::bernoulli_distribution(options_.slow_share)(random_);
    at(now_ + (is_slow ? 5s : up_to(options_.longest_work)), [this, &process, transfer, way_back] {
        server_.worked_off(now_);
        at(now_ + way_back, [this, &process, transfer] { process.end(transfer, HttpResponse{.status = 200}, now()); });
    });
}

HttpResponse World::refusal() {
    HttpResponse answer{.status = 429};
    const std::optional<TimePoint> again_at = server_.takes_again_at(now_);
    if (options_.hint == RetryHint::one_second) answer.headers.append("Retry-After", "1");
    if (options_.hint == RetryHint::right && again_at) {
        const auto wait = std::chrono::ceil<std::chrono::seconds>(*again_at - now_);
        answer.headers.append("Retry-After", std::to_string(std::max(wait, 0s).count()));
    }
    return answer;
}

void World::finished(Process& process, const Call& call) {
    ++(*call.outcome ? result_.served : result_.failed);
    if (call.started_at > start_ + first_minute)
        result_.longest_wait = std::max(result_.longest_wait, now_ - call.started_at);
    const auto pause = *call.outcome ? 0s : 1s; // who fails at once must not try again at once, without end
    if (options_.burst_interval == 0s) at(now_ + pause, [this, &process] { process.make_call(now()); });
}

std::chrono::nanoseconds World::up_to(std::chrono::nanoseconds longest) {
    return std::chrono::nanoseconds{std::uniform_int_distribution<std::int64_t>(0, longest.count())(random_)};
}

} // namespace

std::chrono::nanoseconds fair_longest_wait(const LimitWorldOptions& options, std::size_t cap) {
    std::mt19937_64 random(options.seed);
    std::uniform_int_distribution<std::int64_t> work(0, std::chrono::nanoseconds(options.longest_work).count());
    std::deque<TimePoint> came(options.callers, TimePoint{});
    std::multimap<TimePoint, TimePoint> under_way; // by end: when the call came
    std::chrono::nanoseconds longest{0};
    TimePoint now{};
    while (now < TimePoint{} + options.length) {
        while (under_way.size() < cap && !came.empty()) {
            under_way.emplace(now + mean_network_time + std::chrono::nanoseconds{work(random)}, came.front());
            came.pop_front();
        }
        now = under_way.begin()->first;
        longest = std::max(longest, now - under_way.begin()->second);
        under_way.erase(under_way.begin());
        came.push_back(now);
    }
    return longest;
}

LimitWorldResult simulate(const LimitWorldOptions& options, LimitingServer& server) {
    return World(options, server).run();
}

} // namespace fathom::detail
