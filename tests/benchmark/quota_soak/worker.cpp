#include "worker.hpp"

#include <unistd.h>

#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include <fathom/fathom.hpp>
#include <fathom/file_rate_limiter.hpp>
#if defined(FATHOM_REDIS_SERVER)
#include <fathom/redis/redis_rate_limiter.hpp>
#endif

#include "journal.hpp"

namespace fathom {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::shared_ptr<RateLimiter> limiter_at(const std::string& place) {
#if defined(FATHOM_REDIS_SERVER)
    const std::string_view redis = "redis:";
    if (place.starts_with(redis)) {
        // Patient, since the machine may be busy with something else.
        return redis::redis_rate_limiter(
            {.port = std::stoi(place.substr(redis.size())), .timeout = 2s, .reconnect_interval = 100ms});
    }
#endif
    return file_rate_limiter(place);
}

/// Writes down when each call came, when it was sent and what became of that.
class AttemptRecorder final : public Observer {
public:
    explicit AttemptRecorder(const std::string& journal) : journal_(journal) {}

    void call_started(const CallStarted& event) override {
        const std::scoped_lock lock(mutex_);
        calls_[event.call.id].came_at = Clock::now();
    }
    void attempt_started(const AttemptStarted& event) override {
        const std::scoped_lock lock(mutex_);
        calls_[event.call.id].sent_at = Clock::now();
    }
    void attempt_ended(const AttemptEnded& event) override {
        const std::scoped_lock lock(mutex_);
        JournalEntry& entry = calls_[event.call.id];
        entry.process = ::getpid();
        entry.status = event.status;
        journal_.append(entry);
    }
    void call_ended(const CallEnded& event) override {
        const std::scoped_lock lock(mutex_);
        calls_.erase(event.call.id);
    }

private:
    std::mutex mutex_{};
    JournalWriter journal_;
    std::map<std::uint64_t, JournalEntry> calls_{};
};

void call_until(Clock::time_point end, const Client& client, const SiteId& site) {
    const pid_t parent = ::getppid();
    for (auto now = Clock::now(); now < end && ::getppid() == parent; now = Clock::now()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now);
        const auto visitors = client.current_visitors().get(site, {.timeout = left});
        const bool is_end =
            !visitors && visitors.error().kind == ErrorKind::rate_limited && visitors.error().attempts == 0;
        if (is_end) return; // no permit before the end
    }
}

} // namespace

void work(const WorkerOrders& orders) {
    ClientOptions options;
    options.api_key = orders.api_key;
    options.base_url = orders.base_url;
    options.connection.attempt_timeout = attempt_of_worker;
    options.retry.max_attempts = 1;
    options.rate_limiter = limiter_at(orders.place);
    options.observer = std::make_shared<AttemptRecorder>(orders.journal);
    const Client client(options);
    std::vector<std::jthread> callers;
    std::istringstream sites(orders.sites); // equal calls at the same time would share one request
    for (std::string site; std::getline(sites, site, ',');) {
        callers.emplace_back([&client, site, until = orders.until] { call_until(until, client, SiteId(site)); });
    }
}

std::chrono::nanoseconds until_all_are_back(const std::string& place) {
    const auto limiter = limiter_at(place);
    const auto now = Clock::now();
    std::ignore = limiter->free_permits(LimitGroup::reports, now); // has a look
    return limiter->earliest(LimitGroup::reports, limiter->limits().reports.requests - 1, now) - now;
}

#if defined(FATHOM_REDIS_SERVER)
void introduce_limit_to_redis(int port) {
    constexpr RateLimits of_a_second{.resources = {.requests = 1, .window = 1s},
                                     .reports = {.requests = 1, .window = 1s},
                                     .margin = 0s,
                                     .late_arrival = 0s};
    const auto limiter = redis::redis_rate_limiter({.port = port}, of_a_second);
    std::ignore = limiter->acquire(LimitGroup::reports, Clock::now(), 0s);
    std::this_thread::sleep_for(2s);
}
#endif

} // namespace fathom
