#include "limiter_repair.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

#include "../core/saturated.hpp"

namespace fathom::detail {

namespace {

using TimePoint = PermitPool::TimePoint;
using Duration = PermitPool::Clock::duration;
using Times = std::deque<TimePoint>;

void for_each_group(LimiterState& state, auto use) {
    for (std::size_t i = 0; i < state.pools.size(); ++i) use(state.pools[i], static_cast<LimitGroup>(i));
}

void no_later_than(Times& times, TimePoint latest) {
    for (TimePoint& time : times) time = std::min(time, latest);
}

void move_by(Times& times, Duration by) {
    for (TimePoint& time : times) time += by;
}

void hold_one(PermitPool::State& pool, TimePoint until) {
    pool.returning.insert(std::ranges::upper_bound(pool.returning, until), until);
    pool.unserved.insert(std::ranges::upper_bound(pool.unserved, until), until);
}

/// Times that both have are the same permits.
Times united(const Times& some, const Times& others) {
    Times all;
    std::ranges::set_union(some, others, std::back_inserter(all));
    return all;
}

} // namespace

Duration hold_of(const RateLimits& limits, LimitGroup group) {
    return saturated(saturated(limits.of(group).window) + saturated(limits.margin));
}

void bring_to_this_boot(LimiterState& state, const RateLimits& limits, TimePoint now) {
    const Duration by = now - state.written_at;
    for_each_group(state, [&](PermitPool::State& pool, LimitGroup group) {
        const TimePoint a_window_on = now + hold_of(limits, group);
        move_by(pool.returning, by);
        move_by(pool.unserved, by);
        no_later_than(pool.returning, a_window_on);
        no_later_than(pool.unserved, a_window_on);
        for (std::size_t left = pool.in_flight.size(); left > 0; --left) hold_one(pool, a_window_on);
        pool.in_flight.clear();
        for (TimePoint* time :
             {&pool.pace.paused_until, &pool.pace.round_began_at, &pool.pace.last_sent_at, &pool.pace.slowed_at}) {
            *time = std::min(*time + by, a_window_on);
        }
    });
    for (auto& tickets : state.tickets) tickets.clear();
    state.written_at = now;
}

bool keep_to_limits(LimiterState& state, const RateLimits& limits, TimePoint now) {
    bool has_changed = false;
    for_each_group(state, [&](PermitPool::State& pool, LimitGroup group) {
        const TimePoint latest = now + hold_of(limits, group) + saturated(limits.late_arrival);
        has_changed = has_changed || (!pool.returning.empty() && pool.returning.back() > latest);
        no_later_than(pool.returning, latest);
        no_later_than(pool.unserved, latest);
    });
    return has_changed;
}

void count_lost_change(LimiterState& state, const RateLimits& limits, TimePoint now) {
    for_each_group(state,
                   [&](PermitPool::State& pool, LimitGroup group) { hold_one(pool, now + hold_of(limits, group)); });
}

void close_for_a_window(LimiterState& state, const RateLimits& limits, TimePoint now, Duration longest) {
    for_each_group(state, [&](PermitPool::State& pool, LimitGroup group) {
        const TimePoint opens_at = now + std::min(hold_of(limits, group), longest);
        pool.pace.paused_until = std::max(pool.pace.paused_until, opens_at);
    });
}

void add_known(LimiterState& state, const PoolStates& known) {
    for_each_group(state, [&](PermitPool::State& pool, LimitGroup group) {
        const PermitPool::State& other = known[static_cast<std::size_t>(group)];
        for (const auto& permit : other.in_flight) {
            const bool is_there =
                std::ranges::find(pool.in_flight, permit.id, &PermitPool::State::InFlight::id) != pool.in_flight.end();
            if (!is_there) pool.in_flight.push_back(permit);
        }
        pool.returning = united(pool.returning, other.returning);
        pool.unserved = united(pool.unserved, other.unserved);
        pool.pace.paused_until = std::max(pool.pace.paused_until, other.pace.paused_until);
    });
}

} // namespace fathom::detail
