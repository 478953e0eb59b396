#include "process_limiters.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "../platform/fork.hpp"

namespace fathom::detail {

namespace {

/// Whether there is nothing that a client made now would have to know.
bool is_at_rest(const RateLimiter& limiter) {
    const auto now = RateLimiter::Clock::now();
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
        std::erase_if(entries_,
                      [](const Entry& entry) { return entry.limiter.use_count() == 1 && is_at_rest(*entry.limiter); });
        auto limiter = local_rate_limiter(limits);
        entries_.push_back({account, limits, limiter});
        return limiter;
    }

private:
    struct Entry {
        std::size_t account;
        RateLimits limits;
        std::shared_ptr<RateLimiter> limiter; ///< Each of its clients holds it, too.
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
