/// @file
/// Keeps the limit where a limiter's store is not what a process left there.
#pragma once

#include <chrono>

#include <fathom/rate_limit.hpp>

#include "../core/permit_pool.hpp"
#include "limiter_state.hpp"

namespace fathom::detail {

/// How long a permit is held that an unknown request may have had: a window and the margin.
[[nodiscard]] PermitPool::Clock::duration hold_of(const RateLimits& limits, LimitGroup group);

/// The machine was started anew since this was written, and the clock with it. What was under way ended with the machine,
/// and as much time as went by since is not counted: it may have been none. Nothing is held for more than a window.
void bring_to_this_boot(LimiterState& state, const RateLimits& limits, PermitPool::TimePoint now);

/// Nothing is held for longer than these limits do, whatever those were with which the state was written.
/// @return whether that changed anything
bool keep_to_limits(LimiterState& state, const RateLimits& limits, PermitPool::TimePoint now);

/// One change is missing, which was no more than one permit in each group.
void count_lost_change(LimiterState& state, const RateLimits& limits, PermitPool::TimePoint now);

/// All is missing: each group stays closed for a window, but no longer than so.
void close_for_a_window(LimiterState& state, const RateLimits& limits, PermitPool::TimePoint now,
                        PermitPool::Clock::duration longest = PermitPool::Clock::duration::max());

/// Adds what this process knows of, and the state does not; what both know counts once.
void add_known(LimiterState& state, const PoolStates& known);

} // namespace fathom::detail
