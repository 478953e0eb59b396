#include "tickets.hpp"

#include <utility>

namespace fathom::detail {

namespace {

using std::chrono::milliseconds;
using TimePoint = Ticket::TimePoint;

/// A client that has not come so long after it could is taken to be busy with something else, or dead.
constexpr milliseconds patience{500};
/// A ticket is good for so much longer, so that it need not be written each time that its client asks.
constexpr milliseconds reserve{500};

TimePoint first_of(const Ticket& ticket, TimePoint now) { return ticket.calls > 0 ? ticket.oldest_since : now; }

/// How many of a ticket's calls came before that time for certain. Of those between the oldest and the newest it is not
/// known, and what is not certain is no reason to refuse a call.
std::size_t surely_before(const Ticket& ticket, TimePoint time) {
    if (ticket.calls == 0 || ticket.oldest_since >= time) return 0;
    return ticket.newest_since < time ? ticket.calls : 1;
}

} // namespace

std::size_t Tickets::waiting(TimePoint now) const {
    std::size_t calls = 0;
    for (const Ticket& ticket : tickets_) calls += ticket.comes_by >= now ? ticket.calls : 0;
    return calls;
}

RateLimiter::Admission Tickets::acquire(PermitPool& pool, const Ticket& own, TimePoint now,
                                        RateLimiter::Clock::duration longest, const Habits& habits, bool& is_changed) {
    const bool goes_on_soon =
        pool.waits_for_answers(now) || pool.free_permits(now) > 0; // another's turn, if it is free
    const milliseconds look_again = goes_on_soon ? habits.look_again_soon : habits.look_again;
    TimePoint free_at{};
    if (const auto others_first = others_first_until(own, now)) {
        free_at = std::max(pool.earliest(0, now), std::min<TimePoint>(*others_first, now + look_again));
    } else {
        const RateLimiter::Admission admission = pool.acquire(now, longest);
        if (admission.permit) {
            served(own, now);
            is_changed = true;
            return admission;
        }
        free_at = admission.try_again_at;
    }
    const bool may_be_free_earlier = pool.in_flight(now) > 0;
    if (own.calls > 0) free_at = std::min<TimePoint>(free_at, now + habits.sign_of_life);
    const TimePoint asks_at = may_be_free_earlier ? std::min<TimePoint>(free_at, now + look_again) : free_at;
    is_changed = put_in(own, asks_at, free_at);
    return RateLimiter::Denied{asks_at};
}

bool Tickets::is_misleading(const Ticket& own) const {
    const auto there = std::ranges::find(tickets_, own.client, &Ticket::client);
    return there != tickets_.end() && (there->calls / 2 >= own.calls || own.calls / 2 >= there->calls);
}

void Tickets::correct(const Ticket& own) {
    if (own.calls == 0) return take_out(own.client);
    const auto there = std::ranges::find(tickets_, own.client, &Ticket::client);
    if (there == tickets_.end()) return;
    const TimePoint comes_by = there->comes_by;
    *there = own;
    there->comes_by = comes_by;
}

void Tickets::hurry(std::uint64_t all_but, TimePoint now) {
    for (Ticket& ticket : tickets_) {
        if (ticket.client != all_but) ticket.comes_by = std::min<TimePoint>(ticket.comes_by, now + patience);
    }
}

std::size_t Tickets::ahead_of(const Ticket& own, std::size_t ahead, TimePoint now) const {
    constexpr RateLimiter::Clock::duration moment{1}; // one that is not among its client's comes after all that wait
    const TimePoint came_after = ahead < own.calls ? own.oldest_since : now + moment;
    std::size_t count = 0;
    for (const Ticket& ticket : tickets_) {
        if (ticket.client != own.client && ticket.comes_by > now) count += surely_before(ticket, came_after);
    }
    return count;
}

/// When the first of those is passed over that came before; nothing where there is none.
std::optional<TimePoint> Tickets::others_first_until(const Ticket& own, TimePoint now) const {
    std::optional<TimePoint> until;
    for (const Ticket& other : tickets_) {
        const bool came_earlier = other.client != own.client && other.oldest_since < first_of(own, now);
        if (came_earlier && other.comes_by > now) until = std::min(until.value_or(other.comes_by), other.comes_by);
    }
    return until;
}

void Tickets::served(const Ticket& own, TimePoint now) {
    std::erase_if(tickets_, [now](const Ticket& ticket) { return ticket.comes_by <= now; });
    take_out(own.client);
    if (own.calls > 1) {
        Ticket rest = own;
        --rest.calls;
        rest.comes_by = now + patience;
        tickets_.push_back(rest);
    }
    hurry(own.client, now);
}

/// @return whether it must be written
bool Tickets::put_in(const Ticket& own, TimePoint asks_at, TimePoint served_by) {
    if (own.calls == 0) return false;
    constexpr TimePoint end = TimePoint::max() - patience - reserve;
    Ticket ticket = own;
    ticket.comes_by = std::min(served_by, end) + patience + reserve;
    const auto there = std::ranges::find(tickets_, own.client, &Ticket::client);
    if (there == tickets_.end()) {
        tickets_.push_back(ticket);
        return true;
    }
    const bool lasts = there->comes_by >= std::min(asks_at, end) + patience && there->comes_by <= ticket.comes_by;
    const bool is_same = there->calls == own.calls && there->oldest_since == own.oldest_since && lasts;
    if (!is_same) *there = ticket;
    return !is_same;
}

} // namespace fathom::detail
