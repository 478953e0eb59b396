#include "limit_queue.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "limit_headers.hpp"
#include "saturated.hpp"

namespace fathom::detail {

std::optional<LimitQueue::TimePoint> LimitQueue::next_event() const noexcept {
    return line_.empty() ? std::nullopt : std::optional(try_again_at_);
}

std::optional<LimitQueue::TimePoint> LimitQueue::join(const std::shared_ptr<Call>& call, Now now) {
    call->state = Call::State::queued; // before it joins, so that whatever becomes of it leaves the line
    const std::optional<std::size_t> ahead = line_.join(call);
    if (!ahead) has_changed_ = true;
    log_.queued(*call, now.steady);
    if (log_.is_on() || call->limit_notice) joined_.push_back(call);
    const bool must_wait = ahead && (*ahead > 0 || now.steady < try_again_at_);
    return must_wait ? std::optional(limiter_.earliest(group_, *ahead, now.steady)) : std::nullopt;
}

void LimitQueue::raise(const std::shared_ptr<Call>& call) {
    line_.leave(*call);
    call->priority = Priority::interactive;
    line_.join(call);
}

void LimitQueue::grant(Now now) {
    if (now.steady < try_again_at_) {
        refuse_impatient(now);
        return tell_limiter(now);
    }
    while (!line_.empty()) {
        tell_limiter(now);
        const auto admission = limiter_.acquire(group_, now.steady, attempt_timeout_);
        if (!admission) {
            for (const std::shared_ptr<Call>& call : line_.calls()) exits_.fail(call, admission.error());
            return;
        }
        if (!admission->permit) {
            try_again_at_ = admission->try_again_at;
            // An answer to another call may let the next one go earlier.
            waits_for_answers_ = limiter_.earliest(group_, 0, now.steady) < admission->try_again_at;
            refuse_impatient(now);
            return look_for_hopeless(now);
        }
        exits_.send(line_.serve_next(), *admission->permit, now);
    }
    tell_limiter(now);
}

void LimitQueue::advance(Now now) {
    grant(now);
    if (std::exchange(has_changed_, false)) refuse_hopeless(now);
    tell_of_waits(now);
}

void LimitQueue::tell_limiter(Now now) {
    const std::size_t calls = line_.size();
    const TimePoint oldest = line_.oldest_since().value_or(TimePoint{});
    if (calls == told_waiting_ && oldest == told_oldest_) return;
    told_waiting_ = calls;
    told_oldest_ = oldest;
    limiter_.waiting(group_, calls, oldest, now.steady);
}

void LimitQueue::tell_of_waits(Now now) {
    std::vector<std::shared_ptr<Call>> waiting = std::exchange(joined_, {});
    std::erase_if(waiting, [](const std::shared_ptr<Call>& call) { return call->state != Call::State::queued; });
    if (waiting.empty()) return;
    const LimitPace pace = limiter_.pace(group_, now.steady);
    for (const std::shared_ptr<Call>& call : waiting) {
        log_.wait_started(*call, earliest_of(*call, now) - now.steady, now.calendar, pace);
        tell_of_wait(*call, *call, now);
    }
}

void LimitQueue::tell_of_wait(const Call& follower, const Call& waiting, Now now) {
    if (!follower.limit_notice) return;
    const std::chrono::nanoseconds expected = earliest_of(waiting, now) - now.steady;
    exits_.tell_wait(
        follower,
        LimitWait{.expected = expected,
                  .expected_until = now.calendar + std::chrono::ceil<std::chrono::system_clock::duration>(expected)});
}

LimitQueue::TimePoint LimitQueue::earliest_of(const Call& waiting, Now now) const noexcept {
    return std::max(limiter_.earliest(group_, line_.ahead_of(waiting), now.steady), now.steady);
}

void LimitQueue::refuse_hopeless(Now now) {
    const bool leaves_room_for_all = limiter_.earliest(group_, line_.size(), now.steady) < exits_.first_deadline();
    if (line_.empty() || leaves_room_for_all) return;
    constexpr std::size_t block = 64; // the limiter is asked once for so many calls that have time enough
    struct Lane {
        std::size_t ahead = 0;
        std::size_t block_end = 0;
        TimePoint block_served_by{};
    };
    std::array<Lane, 2> lanes{}; // by Priority
    for (const std::shared_ptr<Call>& call : line_.calls()) {
        Lane& lane = lanes[static_cast<std::size_t>(call->priority)];
        if (lane.ahead == lane.block_end) {
            lane.block_end += block;
            lane.block_served_by = limiter_.earliest(group_, lane.block_end - 1, now.steady);
        }
        if (lane.block_served_by >= call->deadline) {
            const TimePoint earliest = limiter_.earliest(group_, lane.ahead, now.steady);
            if (earliest >= call->deadline) {
                exits_.refuse(call, earliest, now);
                continue;
            }
        }
        ++lane.ahead;
    }
}

/// What other clients of the limit do may make calls hopeless at any time. A long line is looked through for those so
/// seldom that it takes a small part of the time, however long it is.
void LimitQueue::look_for_hopeless(Now now) {
    constexpr std::size_t long_line = 1'000;
    constexpr std::chrono::microseconds rest_per_call{100};
    const std::size_t calls = line_.size();
    if (calls >= long_line && now.steady < looks_through_at_) return;
    refuse_hopeless(now);
    looks_through_at_ = now.steady + rest_per_call * calls;
}

void LimitQueue::refuse_impatient(Now now) {
    for (const std::shared_ptr<Call>& call : line_.impatient()) {
        exits_.refuse(call, limiter_.earliest(group_, 0, now.steady), now);
    }
}

void LimitQueue::release(RateLimiter::Permit permit, PermitUse use, Now now) {
    limiter_.release(group_, permit, use, now.steady);
    if (use == PermitUse::never_sent || waits_for_answers_) ask_again();
}

/// The next request comes when the limiter says that it is welcome. It is asked at once, so that other clients of the limit
/// know that this one waits again.
void LimitQueue::refused_by_service(const Call& call, Now now) {
    ++refused_;
    limiter_.refused(group_, call.progress.permit, call.progress.last_error->retry_after, now.steady);
    ask_again();
    refuse_hopeless(now);
}

/// Where the service would take fewer requests than there are free permits, another program has used some: these count as
/// used here. Whatever the clients that share the limiter have in flight holds permits, so none of it is counted twice.
void LimitQueue::heed_hints(const HttpHeaders& headers, Now now) {
    const RateLimits& limits = limiter_.limits();
    const std::vector<LimitHint> hints = limit_hints(headers, limits.of(group_), now.calendar);
    for (const LimitHint& hint : hints) {
        const TimePoint until = now.steady + saturated(hint.until) + saturated(limits.margin);
        if (hint.remaining) {
            limiter_.tighten(group_, *hint.remaining, until, now.steady);
        } else {
            limiter_.close(group_, until, now.steady);
        }
    }
    if (!hints.empty()) refuse_hopeless(now);
}

} // namespace fathom::detail
