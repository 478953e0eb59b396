/// @file
/// When a failed attempt is repeated.
#pragma once

#include <chrono>
#include <iosfwd>

#include <fathom/export.hpp>

namespace fathom::inline v0_2 {

/// How failed attempts are repeated. GET, DELETE and updates are repeated after 500, 502–504, 520–530, a broken connection
/// or a timed-out attempt; everything, creates included, where the request was provably not processed: after 408, 425,
/// 429, and where there was no connection. The pause before attempt n + 1 is drawn
/// evenly from zero to min(max_delay, base_delay × 2^(n-1)) ("full jitter"); a Retry-After header comes first.
struct RetryPolicy {
    int max_attempts = 3; ///< Attempts per call, the first included and those answered 429 aside; 1: none.
    std::chrono::milliseconds base_delay{500};  ///< Longest pause before the second attempt.
    std::chrono::milliseconds max_delay{8'000}; ///< Longest pause at all, Retry-After aside.
    /// Most retries within a minute, as a share of the calls of that minute, so that a client does not make an outage
    /// worse; a call whose retry is over the budget fails with what it has. A retry after 429 is not counted: the limit
    /// paces it.
    double budget = 0.2;
    /// Retries within a minute that are allowed however few calls there were.
    int budget_reserve = 10;

    /// Member-wise equality.
    friend bool operator==(const RetryPolicy&, const RetryPolicy&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const RetryPolicy& value);
};

} // namespace fathom::inline v0_2
