/// @file
/// One of the processes that share a limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace fathom {

/// How many calls of a worker wait at the same time.
inline constexpr std::size_t callers_of_worker = 3;

/// Longest that one attempt of a worker may take: a permit of one that was killed comes back so much later.
inline constexpr std::chrono::seconds attempt_of_worker{2};

/// What a worker is told.
struct WorkerOrders {
    std::string place;    ///< What it shares the limit by: the path of a file, or `redis:` and a port.
    std::string base_url; ///< Of the emulator.
    std::string api_key;  ///< Of the emulator.
    std::string sites;    ///< Whose visitors it asks for: an id for each of its callers, and a comma behind each.
    std::string journal;  ///< The file to which it appends a line about each attempt, see journal.hpp.
    std::chrono::steady_clock::time_point until; ///< When it ends.
};

/// Makes calls as fast as it may.
void work(const WorkerOrders& orders);

/// When all permits for reports will be back, as one that shares the limit sees it.
[[nodiscard]] std::chrono::nanoseconds until_all_are_back(const std::string& place);

#if defined(FATHOM_REDIS_SERVER)
/// A limit that Redis does not know starts closed for a window; this lets a short one pass before anything is measured.
void introduce_limit_to_redis(int port);
#endif

} // namespace fathom
