/// @file
/// One of the processes that share a limit.
#pragma once

#include <chrono>
#include <string>

namespace fathom {

/// What a worker is told.
struct WorkerOrders {
    std::string place;    ///< What it shares the limit by: the path of a file, or `redis:` and a port.
    std::string base_url; ///< Of the emulator.
    std::string api_key;  ///< Of the emulator.
    std::string site;     ///< Whose visitors it asks for.
    std::chrono::steady_clock::time_point until; ///< When it ends.
};

/// Makes calls as fast as it may; prints how many requests were refused.
void work(const WorkerOrders& orders);

#if defined(FATHOM_REDIS_SERVER)
/// A limit that Redis does not know starts closed for a window; this lets that pass before it is measured.
void introduce_limit_to_redis(int port);
#endif

} // namespace fathom
