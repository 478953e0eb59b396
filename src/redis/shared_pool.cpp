#include "shared_pool.hpp"

#include <algorithm>
#include <utility>

namespace fathom::redis::detail {

namespace {

using std::chrono::milliseconds;

constexpr fathom::detail::Tickets::Habits habits{
    .look_again = milliseconds{100}, .look_again_soon = milliseconds{10}, .sign_of_life = std::chrono::seconds{5}};

/// No client's number.
constexpr std::uint64_t no_client = 0;

std::size_t local_share(LimitGroup group, const RedisOptions& options) {
    return group == LimitGroup::reports ? options.local_share.reports : options.local_share.resources;
}

RateLimit local_limit(LimitGroup group, const RedisOptions& options, const RateLimits& limits) {
    return {.requests = std::max<std::size_t>(local_share(group, options), 1), .window = limits.of(group).window};
}

} // namespace

SharedPool::SharedPool(LimitGroup group, const RedisOptions& options, const RateLimits& limits)
    : may_go_alone_(options.on_loss == OnLoss::use_local_share && local_share(group, options) > 0),
      stored_(group, options, limits), own_(local_limit(group, options, limits), limits.margin, limits.late_arrival) {}

Result<RateLimiter::Admission> SharedPool::acquire(Server& redis, const Ticket& ticket, TimePoint now,
                                                   Clock::duration longest) {
    RateLimiter::Admission admission = RateLimiter::Denied{now};
    const auto lost = update(redis, [&](PermitPool& pool, Tickets& tickets, TimePoint limit_time) {
        bool is_changed = false;
        admission = tickets.acquire(pool, in_limit_time(ticket), limit_time, longest, habits, is_changed);
        return is_changed;
    });
    if (lost) {
        // It may have been written, and just the answer lost.
        if (const auto unknown = admission.permit) {
            news_.emplace_back([unknown, &redis](PermitPool& pool, Tickets&, const auto& to_limit_time) {
                pool.release(*unknown, PermitUse::never_sent, to_limit_time(redis.now()));
            });
        }
        return acquire_alone(*lost, redis.tries_again_at(), now, longest);
    }
    alone_until_.reset();
    if (!admission.permit) {
        const TimePoint limit_time = stored_.clock().now();
        return RateLimiter::Denied{now +
                                   std::max(admission.try_again_at - limit_time, Clock::duration{milliseconds{1}})};
    }
    stored_.remember(admission.permit->id);
    const Permit permit = own_.record(now, longest);
    held_.emplace(permit.id, std::make_shared<std::uint64_t>(admission.permit->id));
    return permit;
}

void SharedPool::release(Server& redis, Permit permit, PermitUse use, TimePoint now) {
    const Number number = take_out(permit);
    if (!number) return; // told twice
    own_.release(permit, use, now);
    tell(redis, [=, &redis](PermitPool& pool, Tickets& tickets, const auto& to_limit_time) {
        pool.release(Permit{*number}, use, to_limit_time(now));
        tickets.hurry(no_client, to_limit_time(redis.now()));
    });
    stored_.forget(*number);
}

void SharedPool::refused(Server& redis, Permit permit, std::optional<std::chrono::seconds> retry_after, TimePoint now) {
    const Number number = take_out(permit);
    if (!number) return;
    own_.refused(permit, retry_after, now);
    tell(redis, [=, &redis](PermitPool& pool, Tickets& tickets, const auto& to_limit_time) {
        pool.refused(Permit{*number}, retry_after, to_limit_time(now));
        tickets.hurry(no_client, to_limit_time(redis.now()));
    });
    stored_.forget(*number);
}

void SharedPool::tighten(Server& redis, std::size_t remaining, TimePoint until, TimePoint now) {
    tell(redis, [=](PermitPool& pool, Tickets&, const auto& to_limit_time) {
        pool.tighten(remaining, to_limit_time(until), to_limit_time(now));
    });
}

void SharedPool::close(Server& redis, TimePoint until, TimePoint) {
    own_.close(until);
    tell(redis, [=](PermitPool& pool, Tickets&, const auto& to_limit_time) { pool.close(to_limit_time(until)); });
}

SharedPool::TimePoint SharedPool::earliest(const Ticket& ticket, std::size_t ahead, TimePoint now) const {
    if (alone_until_) return std::max(now, *alone_until_);
    const ServerClock& clock = stored_.clock();
    if (!clock.has_heard()) return now;
    const TimePoint limit_time = clock.from_local(now);
    const std::size_t others = stored_.tickets().ahead_of(in_limit_time(ticket), ahead, limit_time);
    return now + (stored_.pool().earliest(ahead + others, limit_time) - limit_time);
}

void SharedPool::waiting(Server& redis, const Ticket& own) {
    const Tickets& known = stored_.tickets();
    const bool is_wrong = own.calls > 0 ? known.is_misleading(own) : known.has(own.client);
    if (!is_wrong) return;
    // Where that cannot be done, the ticket lapses, or is corrected when the client asks.
    static_cast<void>(update(redis, [&](PermitPool&, Tickets& tickets, TimePoint) {
        tickets.correct(in_limit_time(own));
        return true;
    }));
}

std::size_t SharedPool::free_permits(Server& redis, TimePoint now) {
    std::size_t free = 0;
    const auto lost = update(redis, [&](PermitPool& pool, Tickets&, TimePoint limit_time) {
        free = pool.free_permits(limit_time);
        return false;
    });
    if (!lost) return free;
    return may_go_alone_ ? own_.free_permits(now) : 0;
}

LimitPace SharedPool::pace(TimePoint now) const {
    const TimePoint limit_time = stored_.clock().from_local(now);
    LimitPace pace = stored_.pool().pace(limit_time);
    pace.waiting = stored_.tickets().waiting(limit_time);
    return pace;
}

Result<RateLimiter::Admission> SharedPool::acquire_alone(const Lost& lost, TimePoint retry_at, TimePoint now,
                                                         Clock::duration longest) {
    if (!may_go_alone_ || lost.kind == ErrorKind::invalid_argument) {
        return Error{.kind = lost.kind, .message = "the shared rate limiter " + lost.why, .fields = lost.fields};
    }
    const RateLimiter::Admission admission = own_.acquire(now, longest);
    if (!admission.permit) {
        // Redis may be back, and have more, long before that.
        alone_until_ = std::clamp<TimePoint>(retry_at, now + milliseconds{1}, admission.try_again_at);
        return RateLimiter::Denied{*alone_until_};
    }
    const auto number = std::make_shared<std::uint64_t>(0);
    held_.emplace(admission.permit->id, number);
    news_.emplace_back([=](PermitPool& pool, Tickets&, const auto& to_limit_time) {
        *number = pool.record(to_limit_time(now), longest).id;
    });
    return admission;
}

/// What Redis must be told comes before anything else. It is forgotten when it is surely told.
std::optional<Lost> SharedPool::update(Server& redis, const StoredLimit::Change& change) {
    auto lost = stored_.update(redis, [&](PermitPool& pool, Tickets& tickets, TimePoint limit_time) {
        const auto to_limit_time = [this](TimePoint local) { return stored_.clock().from_local(local); };
        for (const News& news : news_) news(pool, tickets, to_limit_time);
        return change(pool, tickets, limit_time) || !news_.empty();
    });
    if (!lost) news_.clear();
    return lost;
}

void SharedPool::tell(Server& redis, News news) {
    news_.emplace_back(std::move(news));
    static_cast<void>(update(redis, [](PermitPool&, Tickets&, TimePoint) { return false; }));
}

SharedPool::Ticket SharedPool::in_limit_time(Ticket ticket) const {
    ticket.oldest_since = stored_.clock().from_local(ticket.oldest_since);
    ticket.newest_since = stored_.clock().from_local(ticket.newest_since);
    return ticket;
}

/// Nothing where it is not held.
SharedPool::Number SharedPool::take_out(Permit permit) {
    const auto held = held_.extract(permit.id);
    return held.empty() ? nullptr : held.mapped();
}

} // namespace fathom::redis::detail
