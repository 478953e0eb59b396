/// @file
/// What could be had at best beside a stranger, where refused requests are counted.
#pragma once

#include <cstdint>

namespace fathom::detail {

/// How a client spreads its requests.
enum class Spread : std::uint8_t {
    even,    ///< All the same time apart.
    at_once, ///< Those of each window in the same instant.
};

/// Parts of what each wants: the client half of the limit, the stranger all that it sends.
struct PaceOutcome {
    double served = 0;
    double stranger_kept = 0;
};

/// A client that knows the best pace beforehand and keeps to it whatever is refused, beside a stranger who sends half of the
/// limit at random distances; means over a hundred histories of an hour.
/// @param requests in each window of ours, which is a second longer than the server's
[[nodiscard]] PaceOutcome keep_to_pace(double requests, Spread spread, std::uint64_t first_seed);

} // namespace fathom::detail
