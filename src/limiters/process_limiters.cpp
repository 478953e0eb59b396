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

/// The limiters in use. The key itself is not kept, only what it hashes to.
class ProcessLimiters {
public:
    explicit ProcessLimiters(unsigned generation) : generation_(generation) {}

    [[nodiscard]] unsigned generation() const noexcept { return generation_; }

    std::shared_ptr<RateLimiter> get(std::size_t account, const RateLimits& limits) {
        const std::scoped_lock lock(mutex_);
        std::erase_if(entries_, [](const Entry& entry) { return entry.limiter.expired(); });
        for (const Entry& entry : entries_) {
            if (entry.account != account || entry.limits != limits) continue;
            if (auto limiter = entry.limiter.lock()) return limiter;
        }
        auto limiter = local_rate_limiter(limits);
        entries_.push_back({account, limits, limiter});
        return limiter;
    }

private:
    struct Entry {
        std::size_t account;
        RateLimits limits;
        std::weak_ptr<RateLimiter> limiter;
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
