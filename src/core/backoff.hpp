/// @file
/// The pause between two attempts.
#pragma once

#include <algorithm>
#include <chrono>
#include <random>

#include <fathom/retry.hpp>

#include "saturated.hpp"

namespace fathom::detail {

/// The pause after `attempts` attempts: evenly between zero and min(max_delay, base_delay × 2^(attempts-1)), so that
/// clients which failed together do not come back together.
template <class Generator>
[[nodiscard]] std::chrono::milliseconds backoff(const RetryPolicy& policy, int attempts, Generator& random) {
    const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(saturated(policy.max_delay));
    auto longest = std::chrono::duration_cast<std::chrono::milliseconds>(saturated(policy.base_delay));
    for (int i = 1; i < attempts && longest < most; ++i) longest *= 2;
    longest = std::min(longest, most);
    using Pause = std::uniform_int_distribution<std::chrono::milliseconds::rep>;
    return std::chrono::milliseconds{Pause(0, longest.count())(random)};
}

} // namespace fathom::detail
