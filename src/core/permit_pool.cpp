#include "permit_pool.hpp"

#include <algorithm>

namespace fathom::detail {

PermitPool::PermitPool(RateLimit limit, std::chrono::seconds margin, std::chrono::seconds late_arrival)
    : limit_(limit.requests), hold_(limit.window + margin), late_arrival_(late_arrival) {}

std::variant<RateLimiter::Permit, RateLimiter::Denied> PermitPool::acquire(TimePoint now) {
    collect_returned(now);
    const TimePoint at = earliest(0, now);
    if (at > now) return RateLimiter::Denied{at};
    in_flight_.push_back(++last_id_);
    return RateLimiter::Permit{last_id_};
}

void PermitPool::release(RateLimiter::Permit permit, PermitUse use, TimePoint now) {
    const auto held = std::ranges::find(in_flight_, permit.id);
    if (held == in_flight_.end()) return; // told twice: the permit must not come back twice
    in_flight_.erase(held);
    if (use == PermitUse::never_sent) return;
    const TimePoint back_at = now + hold_after(use);
    returning_.insert(std::ranges::upper_bound(returning_, back_at), back_at);
}

void PermitPool::close(TimePoint until) { closed_until_ = std::max(closed_until_, until); }

PermitPool::TimePoint PermitPool::earliest(std::size_t ahead, TimePoint now) const {
    const auto first_held = std::ranges::upper_bound(returning_, now);
    const auto held = static_cast<std::size_t>(returning_.end() - first_held);
    const std::size_t free = limit_ - in_flight_.size() - held;

    // Each permit can serve again one hold after it served, so the queue moves on in rounds of `limit_`.
    const std::size_t round = ahead / limit_;
    const std::size_t place = ahead % limit_;
    TimePoint at = now;
    if (place >= free + held) {
        at = now + hold_;
    } else if (place >= free) {
        at = first_held[static_cast<std::ptrdiff_t>(place - free)];
    }
    return std::max(at, closed_until_) + hold_ * static_cast<Clock::rep>(round);
}

std::size_t PermitPool::free_permits(TimePoint now) const {
    if (closed_until_ > now) return 0;
    const auto held = static_cast<std::size_t>(returning_.end() - std::ranges::upper_bound(returning_, now));
    return limit_ - in_flight_.size() - held;
}

void PermitPool::collect_returned(TimePoint now) {
    while (!returning_.empty() && returning_.front() <= now) returning_.pop_front();
}

PermitPool::Clock::duration PermitPool::hold_after(PermitUse use) const {
    return use == PermitUse::abandoned ? hold_ + late_arrival_ : hold_;
}

} // namespace fathom::detail
