/// @file
/// When a failed attempt is repeated.
#pragma once

#include <chrono>

namespace fathom {

/// How failed attempts are repeated. Repeated are 429, 500, 502, 503, 504 and broken connections: GET, DELETE and
/// updates always, a create only when it provably never reached the service. The pause before attempt n + 1 is drawn
/// evenly from zero to min(max_delay, base_delay × 2^(n-1)) ("full jitter"); a Retry-After header comes first.
struct RetryPolicy {
    int max_attempts = 3;                          ///< Attempts per call, the first included; 1 switches retries off.
    std::chrono::milliseconds base_delay{500};     ///< Longest pause before the second attempt.
    std::chrono::milliseconds max_delay{8'000};    ///< Longest pause at all, Retry-After aside.
};

} // namespace fathom
