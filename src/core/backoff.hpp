/// @file
/// The pause between two attempts.
#pragma once

#include <chrono>
#include <random>

#include <fathom/retry.hpp>

namespace fathom::detail {

/// The pause after `attempts` attempts: evenly between zero and min(max_delay, base_delay × 2^(attempts-1)), so that
/// clients which failed together do not come back together.
template <class Generator>
[[nodiscard]] std::chrono::milliseconds backoff(const RetryPolicy& policy, int attempts, Generator& random) {
    std::chrono::milliseconds longest = policy.base_delay;
    for (int i = 1; i < attempts && longest < policy.max_delay; ++i) longest *= 2;
    if (longest > policy.max_delay) longest = policy.max_delay;
    using Pause = std::uniform_int_distribution<std::chrono::milliseconds::rep>;
    return std::chrono::milliseconds{Pause(0, longest.count())(random)};
}

} // namespace fathom::detail
