#include "scheduler.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "backoff.hpp"

namespace fathom::detail {

namespace {

std::string seconds_text(std::chrono::nanoseconds duration) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count()) + " s";
}

} // namespace

Scheduler::Scheduler(RetryPolicy policy, std::shared_ptr<RateLimiter> limiter, std::uint64_t seed, Effects& effects)
    : policy_(policy), limiter_(std::move(limiter)),
      random_(static_cast<std::minstd_rand::result_type>(seed)), budget_(policy), effects_(effects) {}

void Scheduler::submit(const std::shared_ptr<Call>& call, Now now) {
    call->sequence = ++last_sequence_;
    active_.emplace(call->sequence, call);
    budget_.count_call(now.steady);
    enqueue(call, now);
}

void Scheduler::cancel(const std::shared_ptr<Call>& call, Now now) {
    if (call->state == Call::State::finished) return;
    if (call->state == Call::State::sending) give_up_attempt(*call, now);
    fail(call, Error{.kind = ErrorKind::cancelled, .message = "the call was cancelled by its caller"});
}

void Scheduler::ended(Transfer transfer, Now now) {
    const auto found = sending_.find(transfer.id);
    if (found == sending_.end()) return;
    const std::shared_ptr<Call> call = found->second;
    sending_.erase(found);

    if (auto* response = std::get_if<HttpResponse>(&transfer.outcome)) {
        release(*call, PermitUse::answered, now);
        answered(call, std::move(*response), now);
    } else {
        auto& failure = std::get<TransportError>(transfer.outcome);
        release(*call, failure.request_sent ? PermitUse::abandoned : PermitUse::never_sent, now);
        unanswered(call, std::move(failure), now);
    }
}

void Scheduler::advance(Now now) {
    while (!timers_.empty() && timers_.begin()->first <= now.steady) {
        const std::shared_ptr<Call> call = active_.at(timers_.begin()->second);
        if (call->state == Call::State::backing_off) {
            enqueue(call, now);
        } else {
            deadline_passed(call, now);
        }
    }
    grant(LimitGroup::resources, now);
    grant(LimitGroup::reports, now);
}

std::optional<Scheduler::TimePoint> Scheduler::next_event() const {
    if (timers_.empty()) return std::nullopt;
    TimePoint next = timers_.begin()->first;
    for (const Queue& queue : queues_) {
        if (!queue.line.empty()) next = std::min(next, queue.try_again_at);
    }
    return next;
}

Scheduler::GroupCounts Scheduler::counts(LimitGroup group) const {
    const Queue& queue = queues_[static_cast<std::size_t>(group)];
    return {queue.line.size(), queue.sent, queue.refused};
}

void Scheduler::enqueue(const std::shared_ptr<Call>& call, Now now) {
    const LimitGroup group = call->request.group;
    Queue& queue = queue_of(group);
    const std::size_t ahead = queue.line.join(call);
    call->state = Call::State::queued;
    set_timer(call, call->deadline);

    const bool must_wait = ahead > 0 || now.steady < queue.try_again_at;
    if (!must_wait) return;
    const TimePoint earliest = limiter_->earliest(group, ahead, now.steady);
    if (earliest >= call->deadline) refuse(call, earliest, now);
}

void Scheduler::grant(LimitGroup group, Now now) {
    Queue& queue = queue_of(group);
    if (now.steady < queue.try_again_at) return refuse_impatient(group, now);
    while (!queue.line.empty()) {
        const auto decision = limiter_->acquire(group, now.steady);
        if (const auto* denied = std::get_if<RateLimiter::Denied>(&decision)) {
            queue.try_again_at = denied->try_again_at;
            refuse_impatient(group, now);
            return refuse_hopeless(group, now);
        }
        send(queue.line.serve_next(), std::get<RateLimiter::Permit>(decision));
    }
}

void Scheduler::send(const std::shared_ptr<Call>& call, RateLimiter::Permit permit) {
    call->permit = permit;
    call->transfer = ++last_transfer_;
    call->state = Call::State::sending;
    ++call->attempts;
    ++queue_of(call->request.group).sent;
    sending_.emplace(call->transfer, call);
    effects_.begin(*call);
}

void Scheduler::refuse_hopeless(LimitGroup group, Now now) {
    std::array<std::size_t, 2> ahead{}; // by Priority
    for (const std::shared_ptr<Call>& call : queue_of(group).line.calls()) {
        std::size_t& ahead_in_lane = ahead[static_cast<std::size_t>(call->priority)];
        const TimePoint earliest = limiter_->earliest(group, ahead_in_lane, now.steady);
        if (earliest >= call->deadline) {
            refuse(call, earliest, now);
        } else {
            ++ahead_in_lane;
        }
    }
}

void Scheduler::refuse_impatient(LimitGroup group, Now now) {
    const WaitingLine& line = queue_of(group).line;
    if (!line.has_impatient()) return;
    for (const std::shared_ptr<Call>& call : line.calls()) {
        if (call->when_limited == WhenLimited::fail) refuse(call, limiter_->earliest(group, 0, now.steady), now);
    }
}

void Scheduler::refuse(const std::shared_ptr<Call>& call, TimePoint earliest, Now now) {
    const auto wait = earliest - now.steady;
    const bool would_wait = call->when_limited == WhenLimited::wait;
    Error error{.kind = ErrorKind::rate_limited,
                .message = "the limit of the group '" + std::string(to_string(call->request.group)) +
                           "' leaves no room " + (would_wait ? "before the call's deadline" : "now") + "; it will in " +
                           seconds_text(wait)};
    error.available_at = now.calendar + std::chrono::ceil<std::chrono::system_clock::duration>(wait);
    if (call->last_error) {
        error.http_status = call->last_error->http_status;
        error.retry_after = call->last_error->retry_after;
        error.message.append("; the last attempt failed: ").append(call->last_error->message);
    }
    fail(call, std::move(error));
}

void Scheduler::answered(const std::shared_ptr<Call>& call, HttpResponse response, Now now) {
    const Verdict verdict = judge(call->request, response.status, call->may_have_been_done);
    if (verdict != Verdict::success) return refused_by_server(call, std::move(response), verdict, now);

    const bool was_already_deleted = response.status == 404;
    if (was_already_deleted) response = HttpResponse{.status = 204};
    finish(call, std::move(response));
}

void Scheduler::refused_by_server(const std::shared_ptr<Call>& call, HttpResponse response, Verdict verdict, Now now) {
    constexpr int too_many_requests = 429;
    call->last_error = error_of(call->request, response, now.calendar);
    const std::optional<std::chrono::seconds> retry_after = call->last_error->retry_after;
    const bool is_limit = response.status == too_many_requests;
    if (call->request.any_status) call->last_answer = std::move(response);

    if (is_limit) {
        close_group(call->request.group, retry_after, now);
    } else {
        call->may_have_been_done = true;
    }
    if (verdict == Verdict::failure || call->attempts >= policy_.max_attempts) return fail_with_last(call, now);
    if (is_limit) return enqueue(call, now); // the closed group makes it wait
    back_off(call, retry_after ? *retry_after + limiter_->limits().margin : backoff(policy_, call->attempts, random_),
             now);
}

void Scheduler::unanswered(const std::shared_ptr<Call>& call, TransportError failure, Now now) {
    const Verdict verdict = judge(call->request, failure);
    if (failure.request_sent) call->may_have_been_done = true;
    call->last_error = Error{.kind = failure.kind, .message = std::move(failure.message)};
    call->last_answer.reset();
    if (verdict == Verdict::failure || call->attempts >= policy_.max_attempts) return fail_with_last(call, now);
    back_off(call, backoff(policy_, call->attempts, random_), now);
}

void Scheduler::back_off(const std::shared_ptr<Call>& call, std::chrono::nanoseconds pause, Now now) {
    const TimePoint resume_at = now.steady + pause;
    if (resume_at >= call->deadline || !budget_.take_retry(now.steady)) return fail_with_last(call, now);
    call->state = Call::State::backing_off;
    set_timer(call, resume_at);
}

void Scheduler::close_group(LimitGroup group, std::optional<std::chrono::seconds> retry_after, Now now) {
    const RateLimits& limits = limiter_->limits();
    const std::chrono::seconds closed_for = retry_after.value_or(limits.of(group).window) + limits.margin;
    limiter_->close(group, now.steady + closed_for);
    Queue& queue = queue_of(group);
    ++queue.refused;
    queue.try_again_at = std::max(queue.try_again_at, now.steady + closed_for);
    refuse_hopeless(group, now);
}

void Scheduler::deadline_passed(const std::shared_ptr<Call>& call, Now now) {
    if (call->state == Call::State::queued) {
        return refuse(call, std::max(now.steady, limiter_->earliest(call->request.group, 0, now.steady)), now);
    }
    give_up_attempt(*call, now);
    Error error{.kind = ErrorKind::timeout, .message = "the deadline of the call passed before the answer came"};
    if (call->last_error) error.message.append("; the attempt before failed: ").append(call->last_error->message);
    fail(call, std::move(error));
}

void Scheduler::release(const Call& call, PermitUse use, Now now) {
    limiter_->release(call.request.group, call.permit, use, now.steady);
    if (use == PermitUse::never_sent) queue_of(call.request.group).try_again_at = TimePoint::min(); // it can be taken again at once
}

void Scheduler::give_up_attempt(const Call& call, Now now) {
    sending_.erase(call.transfer);
    release(call, effects_.give_up(call.transfer) ? PermitUse::abandoned : PermitUse::never_sent, now);
}

void Scheduler::fail(const std::shared_ptr<Call>& call, Error error) {
    error.attempts = call->attempts;
    error.operation = call->request.operation;
    finish(call, std::move(error));
}

void Scheduler::fail_with_last(const std::shared_ptr<Call>& call, Now now) {
    if (call->last_answer) return finish(call, *std::move(call->last_answer));
    Error error = *std::move(call->last_error);
    if (error.kind == ErrorKind::rate_limited) {
        const TimePoint earliest = limiter_->earliest(call->request.group, 0, now.steady);
        error.available_at = now.calendar + std::chrono::ceil<std::chrono::system_clock::duration>(earliest - now.steady);
    }
    fail(call, std::move(error));
}

void Scheduler::finish(const std::shared_ptr<Call>& call, Result<HttpResponse> outcome) {
    const std::shared_ptr<Call> kept = call; // the caller's reference may be the one in active_
    if (kept->state == Call::State::queued) queue_of(kept->request.group).line.leave(*kept);
    timers_.erase({kept->timer_at, kept->sequence});
    active_.erase(kept->sequence);
    kept->state = Call::State::finished;
    if (outcome) outcome->attempts = kept->attempts;
    kept->outcome = std::move(outcome);
    effects_.finished(kept);
}

void Scheduler::set_timer(const std::shared_ptr<Call>& call, TimePoint at) {
    if (call->timer_at == at) return;
    timers_.erase({call->timer_at, call->sequence});
    call->timer_at = at;
    timers_.emplace(at, call->sequence);
}

} // namespace fathom::detail
