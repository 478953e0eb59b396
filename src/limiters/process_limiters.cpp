#include "process_limiters.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "../core/saturated.hpp"
#include "../platform/fork.hpp"

namespace fathom::detail {

namespace {

using Clock = RateLimiter::Clock;

/// Whether there is nothing that a client made now would have to know.
bool is_at_rest(const RateLimiter& limiter, Clock::time_point now) {
    const RateLimits& limits = limiter.limits();
    return limiter.free_permits(LimitGroup::resources, now) == limits.resources.requests &&
           limiter.free_permits(LimitGroup::reports, now) == limits.reports.requests;
}

/// The limiters in use, and those whose last client has gone while the service still counts its requests: clients may be made
/// one after the other. The key itself is not kept, only what it hashes to.
class ProcessLimiters {
public:
    explicit ProcessLimiters(unsigned generation) : generation_(generation) {}

    [[nodiscard]] unsigned generation() const noexcept { return generation_; }

    std::shared_ptr<RateLimiter> get(std::size_t account, const RateLimits& limits) {
        const std::scoped_lock lock(mutex_);
        for (const Entry& entry : entries_) {
            if (entry.account == account && entry.limits == limits) return entry.limiter;
        }
        const Clock::time_point now = Clock::now();
        for (Entry& entry : entries_) {
            const bool is_in_use = entry.limiter.use_count() > 1;
            entry.idle_since = is_in_use ? Clock::time_point::max() : std::min(entry.idle_since, now);
        }
        std::erase_if(entries_, [now](const Entry& entry) { return entry.is_over(now); });
        auto limiter = local_rate_limiter(limits);
        entries_.push_back({.account = account, .limits = limits, .limiter = limiter});
        return limiter;
    }

private:
    struct Entry {
        std::size_t account;
        RateLimits limits;
        std::shared_ptr<RateLimiter> limiter;                    ///< Each of its clients holds it, too.
        Clock::time_point idle_since = Clock::time_point::max(); ///< When it was first seen without clients.

        /// What it has learnt of the service's pace does not keep it longer than what it has counted.
        [[nodiscard]] bool is_over(Clock::time_point now) const {
            if (idle_since > now) return false;
            const auto longest =
                saturated(std::max(limits.resources.window, limits.reports.window)) + saturated(limits.margin);
            return now - idle_since > longest || is_at_rest(*limiter, now);
        }
    };

    const unsigned generation_;
    std::mutex mutex_{};
    std::vector<Entry> entries_{};
};

/// Never destroyed, since clients may be made by the destructors of static objects. A forked process gets a new one: in its
/// copy of the old one the mutex may be locked by a thread that it does not have.
ProcessLimiters& process_limiters() {
    static std::atomic<ProcessLimiters*> current{nullptr};
    const unsigned generation = generation_of_process();
    ProcessLimiters* known = current.load();
    if (known != nullptr && known->generation() == generation) return *known;
    auto fresh = std::make_unique<ProcessLimiters>(generation);
    if (current.compare_exchange_strong(known, fresh.get())) known = fresh.release();
    return *known;
}

} // namespace

std::shared_ptr<RateLimiter> process_limiter(std::string_view api_key, std::string_view base_url,
                                             const RateLimits& limits) {
    const std::string account = std::string(base_url) + '\n' + std::string(api_key);
    return process_limiters().get(std::hash<std::string>{}(account), limits);
}

} // namespace fathom::detail
