/// @file
/// The present.
#pragma once

#include <chrono>

#include <fathom/transport.hpp>

namespace fathom::detail {

/// The present, as whoever drives the scheduler tells it.
struct Now {
    Transport::Clock::time_point steady;            ///< For deadlines and limits.
    std::chrono::system_clock::time_point calendar; ///< For HTTP dates and for what people read.
};

} // namespace fathom::detail
