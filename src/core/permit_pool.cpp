#include "permit_pool.hpp"

#include <algorithm>

#include "saturated.hpp"

namespace fathom::detail {

namespace {

void insert(std::deque<RateLimiter::Clock::time_point>& times, RateLimiter::Clock::time_point time) {
    times.insert(std::ranges::upper_bound(times, time), time);
}

/// So many times as long, or as good as without end.
std::chrono::nanoseconds multiplied(std::chrono::nanoseconds duration, std::size_t times) {
    if (duration.count() == 0 || times == 0) return std::chrono::nanoseconds::zero();
    const auto most = static_cast<std::size_t>(longest_duration / duration);
    return times > most ? std::chrono::nanoseconds(longest_duration) : duration * static_cast<std::int64_t>(times);
}

} // namespace

PermitPool::PermitPool(const RateLimit& limit, std::chrono::seconds margin, std::chrono::seconds late_arrival)
    : limit_(std::max<std::size_t>(limit.requests, 1)), margin_(saturated(margin)),
      hold_(saturated(saturated(limit.window) + saturated(margin))), late_arrival_(saturated(late_arrival)),
      pace_(limit, hold_) {}

void PermitPool::restore(State state) {
    state_ = std::move(state);
    pace_.restore(state_.pace);
}

RateLimiter::Admission PermitPool::acquire(TimePoint now, Clock::duration longest) {
    collect_returned(now);
    const TimePoint at = std::max(earliest(0, now), window_opens_at(now));
    if (at > now) return RateLimiter::Denied{at};
    return record(now, longest);
}

RateLimiter::Permit PermitPool::record(TimePoint now, Clock::duration longest) {
    collect_returned(now);
    // No two at the same time, so that one can tell whether another followed it.
    const TimePoint sent_at = std::max(now, pace_.state().last_sent_at + Clock::duration{1});
    state_.in_flight.push_back({++state_.last_id, sent_at, now + longest, in_flight(now) + 1});
    pace_.sent(sent_at);
    state_.pace = pace_.state();
    return RateLimiter::Permit{state_.last_id};
}

void PermitPool::release(RateLimiter::Permit permit, PermitUse use, TimePoint now) {
    const std::optional<State::InFlight> call = take_out(permit);
    if (!call || use == PermitUse::never_sent) return;
    hold(now + hold_after(use), use == PermitUse::answered);
    if (use == PermitUse::answered) pace_.served({call->sent_at, call->beside}, now);
    state_.pace = pace_.state();
}

void PermitPool::refused(RateLimiter::Permit permit, std::optional<std::chrono::seconds> retry_after, TimePoint now) {
    const std::optional<State::InFlight> call = take_out(permit);
    if (!call) return;
    collect_returned(now);
    std::optional<Clock::duration> wait;
    if (retry_after) wait = saturated(*retry_after) + margin_;
    const std::size_t left = in_flight(now);
    const bool was_alone =
        call->beside <= 1 && left == 0 && call->sent_at == pace_.state().last_sent_at; // nor did one follow it
    const std::size_t beside =
        was_alone ? 1 : std::max({call->beside, call->beside <= 1 ? left + 1 : 0, std::size_t{2}});
    pace_.refused({call->sent_at, beside}, wait, left, state_.returning.size() - state_.unserved.size(), now);
    state_.pace = pace_.state();
    if (pace_.counts_refused()) hold(now + hold_, false);
}

void PermitPool::close(TimePoint until) {
    pace_.pause(until);
    state_.pace = pace_.state();
}

void PermitPool::tighten(std::size_t remaining, TimePoint until, TimePoint now) {
    collect_returned(now);
    const std::size_t taken = state_.in_flight.size() + state_.returning.size();
    for (std::size_t free = limit_ - std::min(limit_, taken); free > remaining; --free) hold(until, false);
}

PermitPool::TimePoint PermitPool::earliest(std::size_t ahead, TimePoint now) const {
    const std::size_t taken = held(now);
    const std::size_t free = limit_ - std::min(limit_, taken);
    const std::size_t excess = taken - std::min(limit_, taken); // counted elsewhere, over the limit
    // Each permit can serve again one hold after it served, so the queue moves on in rounds of `limit_`.
    const std::size_t place = ahead % limit_;
    const TimePoint back = place < free ? now : back_at(place - free + excess, now);
    const TimePoint by_permits = back + multiplied(hold_, ahead / limit_);
    const TimePoint by_pace = std::max(now, pace_.opens_at()) + multiplied(pace_.spacing(), ahead);
    return std::max(by_permits, by_pace);
}

std::size_t PermitPool::free_permits(TimePoint now) const {
    if (std::max(pace_.opens_at(), window_opens_at(now)) > now) return 0;
    const std::size_t free = limit_ - std::min(limit_, held(now));
    const std::size_t room = pace_.most_in_flight().value_or(limit_ + in_flight(now)) - in_flight(now);
    const bool is_one_by_one = pace_.probing_since().has_value() || pace_.spacing() > Clock::duration::zero();
    return std::min({free, room, is_one_by_one ? std::size_t{1} : free});
}

std::size_t PermitPool::in_flight(TimePoint now) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(state_.in_flight, [now](const State::InFlight& call) { return call.ends_by > now; }));
}

LimitPace PermitPool::pace(TimePoint now) const {
    return {.in_flight = in_flight(now), .max_in_flight = pace_.most_in_flight(), .requests = pace_.requests()};
}

PermitPool::TimePoint PermitPool::lapses_at(const State::InFlight& permit) const {
    return permit.ends_by + hold_after(PermitUse::abandoned);
}

/// Permits that are not free.
std::size_t PermitPool::held(TimePoint now) const {
    const auto returning = state_.returning.end() - std::ranges::upper_bound(state_.returning, now);
    const auto under_way =
        std::ranges::count_if(state_.in_flight, [&](const State::InFlight& permit) { return lapses_at(permit) > now; });
    return static_cast<std::size_t>(returning + under_way);
}

/// When the permit comes back before which `place` others do. One in flight comes back a hold from now, or when it lapses.
PermitPool::TimePoint PermitPool::back_at(std::size_t place, TimePoint now) const {
    std::vector<TimePoint> under_way;
    for (const State::InFlight& permit : state_.in_flight) {
        if (lapses_at(permit) > now) under_way.push_back(std::min(now + hold_, lapses_at(permit)));
    }
    std::ranges::sort(under_way);
    const auto returning = std::ranges::upper_bound(state_.returning, now);
    const auto returning_count = static_cast<std::size_t>(state_.returning.end() - returning);

    // The earliest time by which place + 1 have come back, whichever way they divide among the two.
    const std::size_t wanted = place + 1;
    TimePoint earliest = TimePoint::max();
    for (std::size_t count = 0; count <= std::min(wanted, under_way.size()); ++count) {
        const std::size_t others = wanted - count;
        if (others > returning_count) continue;
        TimePoint last = now;
        if (count > 0) last = under_way[count - 1];
        if (others > 0) last = std::max(last, returning[static_cast<std::ptrdiff_t>(others - 1)]);
        earliest = std::min(earliest, last);
    }
    return earliest;
}

/// When the window of calls in flight has room, if nothing ends before: each end may open it earlier.
PermitPool::TimePoint PermitPool::window_opens_at(TimePoint now) const {
    const auto since = pace_.probing_since();
    const auto is_probe = [&](const State::InFlight& call) {
        return call.ends_by > now && since && call.sent_at >= *since;
    };
    const auto most = pace_.most_in_flight();
    const bool is_full = most && in_flight(now) >= *most;
    if (!is_full && std::ranges::none_of(state_.in_flight, is_probe)) return now;
    TimePoint opens_at = TimePoint::max();
    for (const State::InFlight& call : state_.in_flight) {
        if (call.ends_by > now) opens_at = std::min(opens_at, call.ends_by);
    }
    return opens_at;
}

std::optional<PermitPool::State::InFlight> PermitPool::take_out(RateLimiter::Permit permit) {
    const auto held = std::ranges::find(state_.in_flight, permit.id, &State::InFlight::id);
    if (held == state_.in_flight.end()) return std::nullopt; // told twice: the permit must not come back twice
    const State::InFlight call = *held;
    state_.in_flight.erase(held);
    return call;
}

void PermitPool::hold(TimePoint until, bool served) {
    insert(state_.returning, until);
    if (!served) insert(state_.unserved, until);
}

void PermitPool::collect_returned(TimePoint now) {
    for (std::deque<TimePoint>* times : {&state_.returning, &state_.unserved}) {
        while (!times->empty() && times->front() <= now) times->pop_front();
    }
    std::erase_if(state_.in_flight, [&](const State::InFlight& permit) { return lapses_at(permit) <= now; });
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
