/// @file
/// What each status says about making the same request again. The documentation's table is tested against this one.
#pragma once

#include <array>
#include <cstdint>

namespace fathom::detail {

/// When an answer of some status allows the same request to be sent again.
enum class RepeatAfter : std::uint8_t {
    never,         ///< It would be answered the same.
    if_idempotent, ///< The service or what stands before it failed, maybe after doing what was asked.
    always,        ///< The request was provably not processed.
};

/// Statuses that allow it; all others are RepeatAfter::never.
struct RetryRule {
    int first_status;
    int last_status;
    RepeatAfter repeat;
};

inline constexpr std::array<RetryRule, 6> retry_rules{{
    {408, 408, RepeatAfter::always}, // the server closed an idle connection, and the request crossed its word
    {425, 425, RepeatAfter::always}, // too early: refused before it was processed
    {429, 429, RepeatAfter::always}, // over a limit
    {500, 500, RepeatAfter::if_idempotent},
    {502, 504, RepeatAfter::if_idempotent},
    {520, 530, RepeatAfter::if_idempotent}, // a proxy's ways to say that the server failed or was not reached
}};

/// The rule for a status.
[[nodiscard]] constexpr RepeatAfter repeat_after(int status) noexcept {
    for (const RetryRule& rule : retry_rules) {
        if (status >= rule.first_status && status <= rule.last_status) return rule.repeat;
    }
    return RepeatAfter::never;
}

} // namespace fathom::detail
