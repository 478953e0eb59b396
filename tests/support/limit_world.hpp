/// @file
/// Several clients, one server that limits them, and one virtual time for all.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "core/scheduler.hpp"
#include "limit_servers.hpp"

namespace fathom::detail {

/// What a refusal says of its end.
enum class RetryHint : std::uint8_t {
    none,
    right,      ///< As long as the server needs, where it can tell.
    one_second, ///< Always `1`, however long it takes.
};

/// Another program on the same key, which knows nothing of limits.
enum class Stranger : std::uint8_t {
    none,
    even,     ///< Sends half of the limit, at random distances.
    in_a_row, ///< Sends half of the limit at once, each window.
};

/// What is simulated.
struct LimitWorldOptions {
    std::uint64_t seed = 1;
    RateLimits limits{};
    LimitGroup group = LimitGroup::reports;
    std::size_t processes = 1; ///< Clients with an own scheduler each, which share one limit.
    /// Makes each process its limiter; where it is not set, all share one in memory.
    std::function<std::shared_ptr<RateLimiter>(const RateLimits&)> make_limiter{};
    std::size_t callers = 20; ///< In all. Each makes a call, waits for its end, and makes the next one …
    /// … unless set: then each makes one call at the start of each of these.
    std::chrono::seconds burst_interval{0};
    std::chrono::seconds length{3'600};
    std::chrono::milliseconds timeout{600'000}; ///< Of each call.
    std::chrono::milliseconds longest_work{800};
    double slow_share = 0; ///< Of requests that take 5 s.
    RetryHint hint = RetryHint::none;
    Stranger stranger = Stranger::none;
};

/// What came of it.
struct LimitWorldResult {
    std::size_t made = 0;
    std::size_t served = 0;
    std::size_t failed = 0;
    std::size_t refused_early = 0; ///< 429 answers within ten minutes.
    std::size_t refused_late = 0;  ///< After that.
    std::chrono::nanoseconds longest_wait{
        0}; ///< From a call's start to its end, for calls made after the first minute.
    std::size_t stranger_served = 0;
    std::size_t stranger_refused = 0;
    std::vector<LimitingServer::TimePoint> arrivals_served{}; ///< When the requests arrived that were served.
};

/// How long a request is under way besides the work, on average.
inline constexpr std::chrono::milliseconds mean_network_time{40};

/// The longest that a call takes where callers are served first come, first served, so many at a time, and whoever is
/// served comes again at once: what a limiter that knows the cap could do.
[[nodiscard]] std::chrono::nanoseconds fair_longest_wait(const LimitWorldOptions& options, std::size_t cap);

/// Runs a world to its end.
[[nodiscard]] LimitWorldResult simulate(const LimitWorldOptions& options, LimitingServer& server);

} // namespace fathom::detail
