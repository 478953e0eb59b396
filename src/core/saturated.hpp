/// @file
/// Durations that may be as long as their type allows.
#pragma once

#include <algorithm>
#include <chrono>

namespace fathom::detail {

/// As good as without end, and far from where sums of times overflow.
inline constexpr std::chrono::hours longest_duration{24 * 365 * 10};

/// The duration, but no longer than longest_duration in either direction. Options may hold `milliseconds::max()`, which
/// in nanoseconds is no number.
template <class Rep, class Period>
[[nodiscard]] constexpr std::chrono::nanoseconds saturated(std::chrono::duration<Rep, Period> duration) noexcept {
    if (duration >= longest_duration) return longest_duration;
    if (duration <= -longest_duration) return -longest_duration;
    return std::chrono::duration_cast<std::chrono::nanoseconds>(duration);
}

} // namespace fathom::detail
