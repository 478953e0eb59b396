#include "sharings.hpp"

#include <unistd.h>

#include <filesystem>
#include <string>

#include <fathom/file_rate_limiter.hpp>

#ifdef FATHOM_LIMIT_TABLE_REDIS
#include "redis/virtual_redis.hpp"
#endif

namespace fathom::detail {

namespace {

/// A file of this run's own, in memory where that is possible. Each history begins without it.
class LimitFile {
public:
    LimitFile() = default;
    LimitFile(const LimitFile&) = delete;
    LimitFile& operator=(const LimitFile&) = delete;
    ~LimitFile() { remove(); }

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    void remove() const {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

private:
    static std::filesystem::path folder() {
        const std::filesystem::path in_memory = "/dev/shm";
        return std::filesystem::exists(in_memory) ? in_memory : std::filesystem::temp_directory_path();
    }

    std::filesystem::path path_ = folder() / ("fathom-limit-table-" + std::to_string(::getpid()));
};

Sharing by_file(std::size_t processes) {
    return {.processes = processes, .new_history = [file = std::make_shared<LimitFile>()] {
                file->remove();
                return [file](const RateLimits& limits) { return file_rate_limiter(file->path(), limits); };
            }};
}

#ifdef FATHOM_LIMIT_TABLE_REDIS
std::shared_ptr<RateLimiter> on(const std::shared_ptr<redis::VirtualRedis>& server, const RateLimits& limits) {
    auto limiter = redis::detail::limiter_on(std::make_unique<redis::VirtualConnection>(server), {}, limits);
    return std::make_shared<redis::VirtualTimeLimiter>(server, std::move(limiter));
}

/// The server knows the limit since long before the history begins; else it would be closed for the first window.
Sharing by_redis(std::size_t processes) {
    return {.processes = processes, .new_history = [] {
                const auto server = std::make_shared<redis::VirtualRedis>();
                return [server](const RateLimits& limits) {
                    auto limiter = on(server, limits);
                    constexpr RateLimiter::Clock::time_point long_before{std::chrono::seconds{1}};
                    static_cast<void>(limiter->free_permits(LimitGroup::reports, long_before));
                    return limiter;
                };
            }};
}
#endif

} // namespace

std::vector<Sharing> all_sharings() {
    constexpr std::size_t processes = 4;
    std::vector<Sharing> sharings{{.processes = 1}, {.processes = processes}, by_file(processes)};
#ifdef FATHOM_LIMIT_TABLE_REDIS
    sharings.push_back(by_redis(processes));
#endif
    return sharings;
}

} // namespace fathom::detail
