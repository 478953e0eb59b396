#include "permit_pool.hpp"

#include <algorithm>

#include "saturated.hpp"

namespace fathom::detail {

PermitPool::PermitPool(RateLimit limit, std::chrono::seconds margin, std::chrono::seconds late_arrival)
    : limit_(limit.requests), hold_(saturated(saturated(limit.window) + saturated(margin))),
      late_arrival_(saturated(late_arrival)) {}

RateLimiter::Admission PermitPool::acquire(TimePoint now, Clock::duration longest) {
    collect_returned(now);
    const TimePoint at = earliest(0, now);
    if (at > now) return RateLimiter::Denied{at};
    return record(now, longest);
}

RateLimiter::Permit PermitPool::record(TimePoint now, Clock::duration longest) {
    collect_returned(now);
    state_.in_flight.push_back({++state_.last_id, now + longest + hold_after(PermitUse::abandoned)});
    return RateLimiter::Permit{state_.last_id};
}

void PermitPool::release(RateLimiter::Permit permit, PermitUse use, TimePoint now) {
    const auto held = std::ranges::find(state_.in_flight, permit.id, &State::InFlight::id);
    if (held == state_.in_flight.end()) return; // told twice: the permit must not come back twice
    state_.in_flight.erase(held);
    if (use == PermitUse::never_sent) return;
    const TimePoint back_at = now + hold_after(use);
    state_.returning.insert(std::ranges::upper_bound(state_.returning, back_at), back_at);
}

void PermitPool::close(TimePoint until) { state_.closed_until = std::max(state_.closed_until, until); }

PermitPool::TimePoint PermitPool::earliest(std::size_t ahead, TimePoint now) const {
    const auto first_held = std::ranges::upper_bound(state_.returning, now);
    const auto held = static_cast<std::size_t>(state_.returning.end() - first_held);
    const std::size_t free = limit_ - std::min(limit_, state_.in_flight.size() + held);

    // Each permit can serve again one hold after it served, so the queue moves on in rounds of `limit_`.
    const std::size_t round = ahead / limit_;
    const std::size_t place = ahead % limit_;
    TimePoint at = now;
    if (place >= free + held) {
        at = now + hold_;
    } else if (place >= free) {
        at = first_held[static_cast<std::ptrdiff_t>(place - free)];
    }
    return std::max(at, state_.closed_until) + hold_ * static_cast<Clock::rep>(round);
}

std::size_t PermitPool::free_permits(TimePoint now) const {
    if (state_.closed_until > now) return 0;
    const auto first_held = std::ranges::upper_bound(state_.returning, now);
    const auto held = static_cast<std::size_t>(state_.returning.end() - first_held);
    return limit_ - std::min(limit_, state_.in_flight.size() + held);
}

void PermitPool::collect_returned(TimePoint now) {
    while (!state_.returning.empty() && state_.returning.front() <= now) state_.returning.pop_front();
    std::erase_if(state_.in_flight, [now](const State::InFlight& permit) { return permit.lapses_at <= now; });
}

PermitPool::Clock::duration PermitPool::hold_after(PermitUse use) const {
    switch (use) {
    case PermitUse::answered: return hold_;
    case PermitUse::abandoned: return hold_ + late_arrival_;
    case PermitUse::never_sent: return Clock::duration::zero();
    }
    return hold_ + late_arrival_;
}

} // namespace fathom::detail
