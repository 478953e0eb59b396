#include "pace.hpp"

#include <algorithm>
#include <limits>

#include "saturated.hpp"

namespace fathom::detail {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t most_window_patience = 512;
constexpr std::uint32_t most_speed_patience = 32;

/// From 1 to 1.25 times as long, so that clients which were refused together do not come back together.
Pace::Clock::duration jittered(Pace::Clock::duration pause, Pace::TimePoint now) noexcept {
    constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15U; // spreads neighbouring times
    const std::uint64_t mixed = static_cast<std::uint64_t>(now.time_since_epoch().count()) * multiplier;
    return pause +
           pause / 1024 * static_cast<Pace::Clock::rep>(mixed >> 56U); // divided first, lest a long one overflows
}

} // namespace

Pace::Pace(const RateLimit& limit, Clock::duration hold)
    : limit_(static_cast<std::uint32_t>(
          std::clamp<std::size_t>(limit.requests, 1, std::numeric_limits<std::uint32_t>::max() / 2))),
      cap_(limit.max_in_flight ? std::optional(std::max<std::size_t>(*limit.max_in_flight, 1)) : std::nullopt),
      window_length_(std::min<Clock::duration>(saturated(limit.window), std::chrono::hours{24})), hold_(hold) {}

Pace::Clock::duration Pace::spacing() const noexcept {
    return state_.requests == 0 ? Clock::duration::zero() : hold_ / static_cast<Clock::rep>(state_.requests);
}

Pace::TimePoint Pace::opens_at() const noexcept {
    if (state_.requests == 0) return state_.paused_until;
    return std::max(state_.paused_until, state_.last_sent_at + spacing());
}

std::optional<std::size_t> Pace::most_in_flight() const noexcept {
    if (state_.window == 0) return cap_;
    return std::min<std::size_t>(state_.window, cap_.value_or(state_.window));
}

std::optional<Pace::TimePoint> Pace::probing_since() const noexcept {
    return state_.is_probing ? std::optional(state_.round_began_at) : std::nullopt;
}

void Pace::pause(TimePoint until) noexcept { state_.paused_until = std::max(state_.paused_until, until); }

void Pace::served(Sent call, TimePoint now) noexcept {
    if (call.at >= state_.round_began_at) {
        state_.refused_rounds = 0;
        state_.is_probing = false;
        state_.has_slowed = false;
    }
    if (state_.window != 0 && call.beside >= state_.window) widen();
    speed_up(now);
}

void Pace::refused(Sent call, std::optional<Clock::duration> wait, std::size_t left, std::size_t served_lately,
                   TimePoint now) noexcept {
    if (call.at < state_.round_began_at) return;
    state_.round_began_at = now;
    state_.is_probing = true;
    ++state_.refused_rounds;
    const bool was_alone = call.beside <= 1;
    if (was_alone) {
        state_.window = state_.window_before; // it was cut for what may have been the limit
        slow_down(served_lately, now);
    } else {
        narrow(call.beside);
        if (left > 0) return; // their answers are the clock
    }
    pause(now + std::max(std::min(jittered(own_pause(was_alone), now), window_length_),
                         wait.value_or(Clock::duration::zero())));
}

void Pace::widen() noexcept {
    if (++state_.full_successes < state_.window_patience) return;
    state_.full_successes = 0;
    ++state_.window;
    state_.window_before = state_.window;
    state_.has_window_grown = true;
}

void Pace::narrow(std::size_t beside) noexcept {
    const auto in_flight = static_cast<std::uint32_t>(std::min<std::size_t>(beside, limit_));
    const std::uint32_t window = state_.window == 0 ? in_flight : std::min(state_.window, in_flight);
    state_.window_before = state_.window;
    if (state_.has_window_grown) {
        state_.window = std::max(state_.window, 2U) - 1;
        state_.window_patience = std::min(state_.window_patience * 2, most_window_patience);
    } else {
        state_.window = std::max(window / 2, 1U);
    }
    state_.has_window_grown = false;
    state_.full_successes = 0;
}

/// Only where more than chance speaks for it: what was sent faster was refused, or it repeats, or we did send a good part of
/// the limit ourselves. The last proves nothing once we aim at less than half: then it is others who fill the limit.
void Pace::slow_down(std::size_t served_lately, TimePoint now) noexcept {
    constexpr std::uint32_t good_part = 4;
    constexpr std::uint32_t refusals_that_repeat = 3;
    constexpr std::uint32_t refusals_for_another_step = 4; // in one row, the step was too small
    const bool aims_at_half = requests() * 2 >= limit_;
    const bool is_due = state_.has_sped_up || state_.refused_rounds >= refusals_that_repeat ||
                        (aims_at_half && served_lately * good_part >= limit_);
    const bool is_done = state_.has_slowed && state_.refused_rounds % refusals_for_another_step != 0;
    if (is_done || !is_due) return;
    const std::uint32_t requests = state_.requests == 0 ? limit_ + 1 : state_.requests;
    const std::uint32_t fewer = requests - std::min(state_.has_sped_up ? step() : 1U, requests - 1);
    if (state_.has_sped_up) {
        state_.requests = fewer;
        state_.speed_patience = std::min(state_.speed_patience * 2, most_speed_patience);
    } else {
        const auto served = static_cast<std::uint32_t>(std::min<std::size_t>(served_lately, limit_));
        const std::uint32_t three_quarters = std::max(requests * 3 / 4, 1U);
        state_.requests = std::min(std::max(served, three_quarters), fewer);
    }
    state_.slowed_at = now;
    state_.has_sped_up = false;
    state_.has_slowed = true;
}

/// Up to the limit, spaced; and only then as the permits allow.
void Pace::speed_up(TimePoint now) noexcept {
    const auto interval =
        std::min<Clock::duration>(window_length_, 60s) * static_cast<Clock::rep>(state_.speed_patience);
    if (state_.requests == 0 || now - state_.slowed_at < interval) return;
    state_.requests = state_.requests == limit_ ? 0 : std::min(state_.requests + step(), limit_);
    state_.slowed_at = now;
    state_.has_sped_up = true;
}

Pace::Clock::duration Pace::own_pause(bool was_alone) const noexcept {
    constexpr std::uint32_t most_doublings = 12;
    const std::uint32_t rounds = std::min(state_.refused_rounds, most_doublings);
    Clock::duration pause = 1s * (1U << (rounds - 1));
    if (was_alone) {
        const auto share = std::min(hold_, window_length_) / static_cast<Clock::rep>(requests());
        pause = std::max(pause, share * (rounds > 2 ? 1U << (rounds - 2) : 1U));
    }
    return pause;
}

} // namespace fathom::detail
