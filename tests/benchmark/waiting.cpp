// What 100,000 waiting calls cost while they wait: the processor's time of this process beside the time that goes by, for
// each store of permits. All permits are used, and another client's call is under way all the time, so that a permit may be
// free at any moment; the deadlines are such that each call is served just in time.
//
//     fathom_benchmark_waiting [seconds]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fathom/fathom.hpp>
#include <fathom/file_rate_limiter.hpp>

#include "platform/locked_file.hpp"
#if defined(FATHOM_REDIS_SERVER)
#include <fathom/redis/redis_rate_limiter.hpp>

#include "support/child_process.hpp"
#endif

namespace {

using namespace std::chrono_literals;
using fathom::LimitGroup;
using fathom::RateLimiter;
using Clock = RateLimiter::Clock;
using MakeLimiter = std::function<std::shared_ptr<RateLimiter>()>;

constexpr std::size_t calls = 100'000;
constexpr fathom::RateLimits limits{};

/// All but the last of them come back in an hour; the last is under way.
void use_up(RateLimiter& limiter) {
    std::optional<RateLimiter::Permit> last;
    while (true) {
        const auto admission = limiter.acquire(LimitGroup::resources, Clock::now(), 6h).value();
        if (!admission.permit) return;
        if (last) limiter.release(LimitGroup::resources, *last, fathom::PermitUse::answered, Clock::now());
        last = admission.permit;
    }
}

std::vector<fathom::Future<fathom::Site>> make_calls(const fathom::AsyncClient& client) {
    std::vector<fathom::Future<fathom::Site>> waiting;
    for (std::size_t i = 0; i < calls; ++i) {
        const auto rounds = static_cast<int>(1 + i / limits.resources.requests);
        const auto served_by = rounds * (limits.resources.window + 1min);
        waiting.push_back(
            client.sites().get(fathom::SiteId("SITE" + std::to_string(i)), {.timeout = served_by + 10min}));
    }
    return waiting;
}

double share_of_processor(std::chrono::seconds duration) {
    const std::clock_t before = std::clock();
    std::this_thread::sleep_for(duration);
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC / static_cast<double>(duration.count());
}

void measure(
    const char* store, const MakeLimiter& make, std::chrono::seconds duration,
    const std::function<void()>& meanwhile = [] {}) {
    const std::shared_ptr<RateLimiter> others = make();
    use_up(*others);
    const fathom::AsyncClient client({.api_key = "nobody", .base_url = "http://127.0.0.1:9", .rate_limiter = make()});
    const auto waiting = make_calls(client);
    while (client.quota().resources.waiting_calls < calls) std::this_thread::sleep_for(100ms);
    meanwhile();
    std::this_thread::sleep_for(1s);
    const double share = share_of_processor(duration);
    std::printf("%-30s %6.2f %%  (%zu wait)\n", store, 100 * share, client.quota().resources.waiting_calls);
}

#if defined(FATHOM_REDIS_SERVER)
/// A limit that Redis does not know starts closed, for no longer than its window.
void introduce_limit_to_redis(int port) {
    constexpr fathom::RateLimits short_ones{.resources = {.requests = 1, .window = 1s},
                                            .reports = {.requests = 1, .window = 1s},
                                            .margin = 0s,
                                            .late_arrival = 0s};
    std::ignore = fathom::redis::redis_rate_limiter({.port = port}, short_ones)->acquire(LimitGroup::resources, {}, 0s);
    std::this_thread::sleep_for(2s);
}
#endif

} // namespace

int main(int count, char** arguments) try {
    const std::chrono::seconds duration{count > 1 ? std::stol(arguments[1]) : 10};
    const auto path = std::filesystem::temp_directory_path() / "fathom-benchmark-waiting.limiter";
    std::filesystem::remove(path);
    std::printf("%zu calls wait; share of one processor\n", calls);
    measure("memory", [memory = fathom::local_rate_limiter()] { return memory; }, duration);
    measure("file", [&] { return fathom::file_rate_limiter(path); }, duration);
    std::filesystem::remove(path);
    std::optional<fathom::detail::LockedFile> lock;
    measure(
        "file, its lock never let go", [&] { return fathom::file_rate_limiter(path); }, duration,
        [&] { lock = fathom::detail::LockedFile::open(path, 10s); });
    lock.reset();
    std::filesystem::remove(path);
#if defined(FATHOM_REDIS_SERVER)
    const int port = fathom::free_port();
    const fathom::ChildProcess redis({FATHOM_REDIS_SERVER, "--port", std::to_string(port), "--bind", "127.0.0.1",
                                      "--save", "", "--logfile", "/dev/null"});
    redis.wait_for_port(port);
    introduce_limit_to_redis(port);
    measure("redis", [&] { return fathom::redis::redis_rate_limiter({.port = port, .timeout = 1s}); }, duration);
#endif
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return EXIT_FAILURE;
}
