#include "scheduler.hpp"

#include <algorithm>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "backoff.hpp"
#include "call_errors.hpp"
#include "deprecation.hpp"
#include "saturated.hpp"
#include "thrown_error.hpp"

namespace fathom::detail {

namespace {

constexpr int no_content = 204;

/// How much before its time an attempt may be cut, by a clock of another kind.
constexpr std::chrono::milliseconds clock_difference{10};

bool leads_others(const Call& call) {
    return call.flock && call.flock->leader == &call && !call.flock->followers.empty();
}

/// Null where memory did not allow it to go on.
std::shared_ptr<Call> unless_ended(std::shared_ptr<Call> call) {
    return call && call->state != Call::State::finished ? std::move(call) : nullptr;
}

} // namespace

void Effects::limit_told(const Call&, const std::optional<LimitWait>&) noexcept {}

Scheduler::Scheduler(const Policies& policies, Effects& effects)
    : retry_(policies.retry), limiter_(policies.limiter), read_message_(policies.read_message),
      secrets_(policies.secrets),
      attempt_timeout_(std::chrono::duration_cast<std::chrono::milliseconds>(saturated(policies.attempt_timeout))),
      default_timeout_(saturated(policies.default_timeout)),
      random_(static_cast<std::minstd_rand::result_type>(policies.seed)), budget_(policies.retry),
      cache_(policies.cache), log_(policies.observer, policies.base_url, policies.secrets), effects_(effects),
      queues_{LimitQueue(LimitGroup::resources, limiter_, log_, attempt_timeout_, *this),
              LimitQueue(LimitGroup::reports, limiter_, log_, attempt_timeout_, *this)} {}

/// What the limiter and the observer throw is caught where they are called, so it is the transport here, or memory.
template <class Step>
void Scheduler::guard(const std::shared_ptr<Call>& call, const Step& step) noexcept {
    try {
        step();
    } catch (...) {
        abandon(call, thrown_error("the transport"));
    }
}

/// Ends a call that was left half-way. Nothing here needs memory.
void Scheduler::abandon(const std::shared_ptr<Call>& call, Error error) noexcept {
    if (call->state == Call::State::finished) return;
    if (call->state == Call::State::sending && sending_.contains(call->progress.transfer)) {
        give_up_attempt(*call, error.kind, present_);
    }
    name_call(error, *call);
    finish(call, std::move(error));
}

void Scheduler::abandon_all(const Error& error) noexcept {
    while (!active_.empty()) {
        const std::shared_ptr<Call> call = active_.begin()->second;
        abandon(call, copy_of(error));
    }
}

void Scheduler::submit(const std::shared_ptr<Call>& call, Now now) noexcept {
    present_ = now;
    guard(call, [&] { take_in(call, now); });
}

void Scheduler::decline(const std::shared_ptr<Call>& call, Error error, Now now) noexcept {
    present_ = now;
    guard(call, [&] {
        register_call(call, now);
        fail_with(call, std::move(error));
    });
}

void Scheduler::register_call(const std::shared_ptr<Call>& call, Now now) {
    call->sequence = ++last_sequence_;
    call->progress.place = call->sequence;
    call->started_at = now.steady;
    log_.started(*call);
    active_.emplace(call->sequence, call);
}

void Scheduler::take_in(const std::shared_ptr<Call>& call, Now now) {
    register_call(call, now);
    budget_.count_call(now.steady);
    if (call->request.method == HttpMethod::get) {
        if (answer_from_cache(call, now) || follow_flight(call)) return;
        flights_.open(call);
    } else {
        forget_changed_by(call->request);
    }
    enqueue(call, now);
    queue_of(*call).grant(now);
    queue_of(*call).tell_of_waits(now);
}

void Scheduler::cancel(const std::shared_ptr<Call>& call, Now now) noexcept {
    if (call->state != Call::State::finished) cancel(call, cancelled_by_caller, now);
}

void Scheduler::cancel_all(Now now) noexcept {
    while (!active_.empty()) {
        const std::shared_ptr<Call> call = active_.begin()->second;
        cancel(call, cancelled_with_client, now);
    }
}

void Scheduler::cancel(const std::shared_ptr<Call>& call, Error (*reason)(), Now now) noexcept {
    present_ = now;
    guard(call, [&] { end_alone(call, reason(), now); });
}

void Scheduler::ended(Transfer transfer, Now now) {
    const auto found = sending_.find(transfer.id);
    if (found == sending_.end()) return;
    present_ = now;
    const std::shared_ptr<Call> call = found->second;
    sending_.erase(found);
    guard(call, [&] { take_in(call, std::move(transfer), now); });
}

void Scheduler::take_in(const std::shared_ptr<Call>& call, Transfer transfer, Now now) {
    if (transfer.response) {
        log_.answered(*call, *transfer.response, now.steady);
        answered(call, *std::move(transfer.response), now);
    } else {
        TransportError failure = std::move(transfer.error).value();
        log_.unanswered(*call, failure.kind, now.steady);
        release(*call, failure.request_sent ? PermitUse::abandoned : PermitUse::never_sent, now);
        unanswered(call, std::move(failure), now);
    }
}

void Scheduler::advance(Now now) {
    present_ = now;
    std::vector<std::shared_ptr<Call>> back_in_line; // with calls that follow them
    while (!timers_.empty() && timers_.begin()->first <= now.steady) {
        const std::shared_ptr<Call> call = active_.at(timers_.begin()->second);
        guard(call, [&] {
            fire_timer(call, now);
            if (call->state == Call::State::queued && leads_others(*call)) back_in_line.push_back(call);
        });
    }
    for (LimitQueue& queue : queues_) queue.advance(now);
    for (const std::shared_ptr<Call>& call : back_in_line) {
        if (call->state == Call::State::queued) guard(call, [&] { refuse_impatient_followers(*call, now); });
    }
}

void Scheduler::fire_timer(const std::shared_ptr<Call>& call, Now now) {
    if (call->state == Call::State::backing_off) {
        enqueue(call, now);
    } else {
        end_alone(call, timeout_of(*call), now);
    }
}

std::optional<Scheduler::TimePoint> Scheduler::next_event() const {
    if (timers_.empty()) return std::nullopt;
    TimePoint next = timers_.begin()->first;
    for (const LimitQueue& queue : queues_) next = std::min(next, queue.next_event().value_or(next));
    return next;
}

Scheduler::GroupCounts Scheduler::counts(LimitGroup group) const {
    const LimitQueue& queue = queues_[static_cast<std::size_t>(group)];
    return {queue.size(), queue.sent(), queue.refused()};
}

void Scheduler::limit_changed(Now now) {
    for (LimitQueue& queue : queues_) queue.ask_again();
    advance(now);
}

Scheduler::TimePoint Scheduler::first_deadline() const noexcept {
    return timers_.empty() ? TimePoint::max() : timers_.begin()->first;
}

bool Scheduler::answer_from_cache(const std::shared_ptr<Call>& call, Now now) {
    if (call->cache != CacheUse::allowed) return false;
    const std::optional<ResponseCache::Hit> hit = cache_.find(call->request.target, now.steady);
    if (!hit) return false;
    const bool is_refreshed = !hit->is_fresh && hit->may_refresh;
    tell(*call, hit->response);
    finish(call, hit->response);
    if (is_refreshed) refresh_behind(*call, now);
    return true;
}

void Scheduler::refresh_behind(const Call& call, Now now) {
    if (flights_.leader_for(call.request)) return;
    submit(std::make_shared<Call>(call.request, now.steady + default_timeout_, CallOptions{.cache = CacheUse::refresh}),
           now);
    effects_.left_behind();
}

bool Scheduler::follow_flight(const std::shared_ptr<Call>& call) {
    if (call->response) return false; // it wants an answer of its own, whatever that says
    const std::shared_ptr<Call> leader = flights_.leader_for(call->request);
    if (!leader) return false;
    const bool would_wait = leader->state == Call::State::queued;
    if (would_wait && call->when_limited == WhenLimited::fail) return false;
    if (!leader->flock) leader->flock = std::make_shared<Flock>(Flock{.leader = leader.get()});
    std::list<Call*>& followers = leader->flock->followers;
    call->place_in_flock = followers.insert(followers.end(), call.get());
    call->flock = leader->flock;
    call->state = Call::State::following;
    set_timer(call, call->deadline);
    if (call->priority == Priority::interactive) let_interactive_lead(leader);
    if (!would_wait) return true;
    const TimePoint earliest = queue_of(*leader).earliest_of(*leader, present_);
    if (earliest >= call->deadline) return refuse_one(call, earliest, present_), true;
    queue_of(*leader).tell_of_wait(*call, *leader, present_);
    return true;
}

void Scheduler::let_interactive_lead(const std::shared_ptr<Call>& leader) {
    if (leader->state == Call::State::queued) {
        guard(leader, [&] { queue_of(*leader).raise(leader); });
    } else {
        leader->priority = Priority::interactive;
    }
}

/// A call that ends for a reason of its own leaves what it has reached to the first that followed it: the place in the line,
/// the pause, or the transfer.
/// @return the first that followed it; null where there was none
std::shared_ptr<Call> Scheduler::promote_follower(const std::shared_ptr<Call>& call, Now now) {
    if (!leads_others(*call)) return nullptr;
    const std::shared_ptr<Flock> flock = std::exchange(call->flock, nullptr);
    std::shared_ptr<Call> heir = flock->followers.front()->shared_from_this();
    flock->followers.pop_front();
    flock->leader = heir.get();
    heir->state = Call::State::created; // it follows no more

    const Call::State reached = std::exchange(call->state, Call::State::created);
    if (reached == Call::State::queued) queue_of(*call).leave(*call);
    std::swap(heir->progress, call->progress);
    if (reached == Call::State::sending) sending_.find(heir->progress.transfer)->second = heir;
    heir->state = reached;
    guard(heir, [&] {
        call->progress = heir->progress;
        flights_.replace(*call, heir);
        if (reached == Call::State::queued) join_queue(heir, now);
        if (reached == Call::State::backing_off) set_timer(heir, call->timer_at);
    });
    return heir;
}

/// Ends a call for a reason of its own, which is not one of those that follow it.
void Scheduler::end_alone(const std::shared_ptr<Call>& call, Error error, Now now) {
    const bool is_sending = call->state == Call::State::sending;
    const std::shared_ptr<Call> heir = promote_follower(call, now);
    if (!heir && is_sending) give_up_attempt(*call, error.kind, now);
    guard(call, [&] { fail_with(call, std::move(error)); });
    if (heir && heir->state == Call::State::backing_off) pause_until(heir, heir->timer_at, now);
}

/// Where memory does not allow to tell what has changed, everything has.
void Scheduler::forget_changed_by(const OperationRequest& write) noexcept {
    try {
        cache_.drop_changed_by(write);
        flights_.close_changed_by(write);
    } catch (...) {
        cache_.clear();
        flights_.clear();
    }
}

void Scheduler::enqueue(const std::shared_ptr<Call>& call, Now now) {
    const std::optional<TimePoint> earliest = join_queue(call, now);
    if (earliest && *earliest >= call->deadline) refuse(call, *earliest, now);
}

/// @return see LimitQueue::join()
std::optional<Scheduler::TimePoint> Scheduler::join_queue(const std::shared_ptr<Call>& call, Now now) {
    const std::optional<TimePoint> earliest = queue_of(*call).join(call, now);
    set_timer(call, call->deadline);
    return earliest;
}

void Scheduler::send(const std::shared_ptr<Call>& call, RateLimiter::Permit permit, Now now) {
    guard(call, [&] { begin_attempt(call, permit, now); });
}

void Scheduler::begin_attempt(const std::shared_ptr<Call>& call, RateLimiter::Permit permit, Now now) {
    try {
        sending_.emplace(last_transfer_ + 1, call);
    } catch (...) {
        queue_of(*call).release(permit, PermitUse::never_sent, now);
        throw;
    }
    call->progress.permit = permit;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(call->deadline - now.steady);
    call->attempt_timeout = std::clamp(left, std::chrono::milliseconds{1}, attempt_timeout_);
    call->progress.cut_at = left < attempt_timeout_ ? std::optional(call->deadline) : std::nullopt;
    call->progress.transfer = ++last_transfer_;
    call->state = Call::State::sending;
    ++call->progress.attempts;
    queue_of(*call).count_sent();
    log_.sent(*call, now.steady);
    effects_.begin(*call);
}

/// Ends a call that gets no permit in time, and those of its followers that would not get one either.
void Scheduler::refuse(const std::shared_ptr<Call>& call, TimePoint earliest, Now now) {
    for (std::shared_ptr<Call> next = call; next;) {
        const std::shared_ptr<Call> refused = std::exchange(next, unless_ended(promote_follower(next, now)));
        guard(refused, [&] { refuse_one(refused, earliest, now); });
        const bool is_refused_too = next && (earliest >= next->deadline || next->when_limited == WhenLimited::fail);
        if (!is_refused_too) return;
    }
}

void Scheduler::refuse_one(const std::shared_ptr<Call>& call, TimePoint earliest, Now now) {
    if (call->progress.last_answer) return finish(call, *call->progress.last_answer);
    fail_with(call, refusal_of(*call, earliest, now));
}

/// Puts an answer where the caller wants it as it came.
void Scheduler::tell(const Call& call, const HttpResponse& response) {
    if (call.response) *call.response = response;
}

void Scheduler::answered(const std::shared_ptr<Call>& call, HttpResponse response, Now now) {
    tell(*call, response);
    if (log_.is_on()) log_.drift(*call, deprecation_in(response.headers));
    const Judgement judgement = judge(call->request, response.status, call->progress.was_answer_lost);
    if (judgement.verdict != Verdict::limited) release(*call, PermitUse::answered, now);
    queue_of(*call).heed_hints(response.headers, now);
    switch (judgement.verdict) {
    case Verdict::success:
        examine(*call, response);
        if (flights_.leads(*call)) keep(*call, response, now);
        return finish(call, std::move(response));
    case Verdict::already_gone: return finish(call, HttpResponse{.status = no_content});
    case Verdict::limited:
    case Verdict::retry:
    case Verdict::failure: refused_by_server(call, std::move(response), judgement, now);
    }
}

/// Reads an answer ahead of its caller, so that the observer is told of what it holds in order, and only what can be read is
/// kept.
void Scheduler::examine(Call& call, const HttpResponse& response) {
    const bool may_be_kept = cache_.is_enabled() && call.request.method == HttpMethod::get;
    if (!call.request.examine || (!log_.is_on() && !may_be_kept)) return;
    DriftLog drift;
    call.unreadable = call.request.examine(response.body, drift);
    log_.drift(call, drift);
}

/// Only what its callers will be able to read: it must neither be given again nor replace a good answer.
void Scheduler::keep(const Call& call, const HttpResponse& response, Now now) noexcept {
    // Nobody knows whether it can be read where any status is taken.
    if (!cache_.is_enabled() || call.request.any_status) return;
    try {
        if (call.unreadable) {
            cache_.refresh_failed(call.request.target, now.steady);
        } else {
            cache_.store(call.request, response, now.steady);
        }
    } catch (...) {
        cache_.clear(); // for want of memory, of which there is more then
    }
}

void Scheduler::refused_by_server(const std::shared_ptr<Call>& call, HttpResponse response, Judgement judgement,
                                  Now now) {
    call->progress.last_error = error_of(call->request, response, read_message_(response.body), now.calendar);
    const std::optional<std::chrono::seconds> retry_after = call->progress.last_error->retry_after;
    if (call->progress.last_error->kind == ErrorKind::gone) {
        DriftLog retired;
        retired.add("410", call->progress.last_error->message);
        log_.drift(*call, retired);
    }
    if (call->request.any_status) call->progress.last_answer = std::move(response);
    if (judgement.may_have_been_done) call->progress.may_have_been_done = true;
    if (judgement.was_answer_lost) call->progress.was_answer_lost = true;

    if (judgement.verdict == Verdict::limited) return refused_by_limit(call, now);
    if (judgement.verdict == Verdict::failure) return fail_with_last(call);
    std::optional<std::chrono::nanoseconds> pause;
    if (retry_after) pause = saturated(*retry_after) + saturated(limiter_.limits().margin);
    try_again(call, pause, 0, now);
}

void Scheduler::unanswered(const std::shared_ptr<Call>& call, TransportError failure, Now now) {
    const Judgement judgement = judge(call->request, failure);
    if (judgement.may_have_been_done) call->progress.may_have_been_done = true;
    if (judgement.was_answer_lost) call->progress.was_answer_lost = true;
    call->progress.last_error = Error{.kind = failure.kind, .message = std::move(failure.message)};
    call->progress.last_answer.reset();
    // Short of it, it is the time for a connection that was over.
    const bool was_cut = failure.kind == ErrorKind::timeout && call->progress.cut_at &&
                         now.steady + clock_difference >= *call->progress.cut_at;
    if (was_cut) { // by one deadline, and others may go on
        ++call->progress.uncounted;
        return pause_until(call, std::max(now.steady, *call->progress.cut_at), now);
    }
    if (judgement.verdict == Verdict::failure) return fail_with_last(call);
    try_again(call, std::nullopt, failure.connection, now);
}

/// Lets a call, or one that follows it, pause before the next attempt: as long as the service asks for, else as its policy says.
/// @param connection what broke, see RetryBudget; 0 where none did
void Scheduler::try_again(const std::shared_ptr<Call>& call, std::optional<std::chrono::nanoseconds> pause,
                          std::uint64_t connection, Now now) {
    const std::shared_ptr<Call> next = with_attempts_left(call, now);
    if (!next) return fail_with_last(call);
    guard(next, [&] { // it may be another
        if (!budget_.take_retry(now.steady, connection)) return fail_with_last(next);
        back_off(next, pause ? *pause : backoff(retry_of(*next), next->progress.attempts, random_), now);
    });
}

/// The call, or the first of those that follow it whose own policy has attempts left: the call fails then, and that one goes on.
std::shared_ptr<Call> Scheduler::with_attempts_left(const std::shared_ptr<Call>& call, Now now) {
    const int used = call->progress.attempts - call->progress.uncounted;
    if (used < retry_of(*call).max_attempts) return call;
    if (!leads_others(*call)) return nullptr;
    std::list<Call*>& followers = call->flock->followers;
    const auto patient =
        std::ranges::find_if(followers, [&](const Call* follower) { return used < retry_of(*follower).max_attempts; });
    if (patient == followers.end()) return nullptr;
    followers.splice(followers.begin(), followers, patient);
    call->state = Call::State::backing_off;
    set_timer(call, call->deadline);
    std::shared_ptr<Call> heir = unless_ended(promote_follower(call, now));
    guard(call, [&] { fail_with_last(call); }); // so that the heir goes on whatever comes of it
    return heir;
}

void Scheduler::back_off(const std::shared_ptr<Call>& call, std::chrono::nanoseconds pause, Now now) {
    if (now.steady + pause < call->deadline) log_.retry_scheduled(*call, pause);
    pause_until(call, now.steady + pause, now);
}

/// Lets a call pause, or ends it and those of its followers whose deadlines come first.
void Scheduler::pause_until(std::shared_ptr<Call> call, TimePoint resume_at, Now now) {
    while (call) {
        call->state = Call::State::backing_off;
        set_timer(call, resume_at);
        if (resume_at < call->deadline) return;
        const std::shared_ptr<Call> heir = unless_ended(promote_follower(call, now));
        guard(call, [&] { fail_with_last(call); });
        call = heir;
    }
}

/// The call goes back to its place in the line. That costs no attempt: the service did nothing.
void Scheduler::refused_by_limit(const std::shared_ptr<Call>& call, Now now) {
    ++call->progress.uncounted;
    log_.retry_scheduled(*call, std::chrono::nanoseconds::zero());
    queue_of(*call).refused_by_service(*call, now);
    enqueue(call, now);
    if (call->state == Call::State::queued) refuse_impatient_followers(*call, now);
}

/// Those that would rather fail than wait, where the call that they follow has to wait after all.
void Scheduler::refuse_impatient_followers(const Call& call, Now now) {
    if (!leads_others(call)) return;
    std::vector<std::shared_ptr<Call>> impatient;
    for (Call* const follower : call.flock->followers) {
        if (follower->when_limited == WhenLimited::fail) impatient.push_back(follower->shared_from_this());
    }
    const TimePoint earliest = queue_of(call.request.group).earliest_of(call, now);
    for (const auto& follower : impatient) guard(follower, [&] { refuse_one(follower, earliest, now); });
}

void Scheduler::release(const Call& call, PermitUse use, Now now) {
    queue_of(call).release(call.progress.permit, use, now);
}

void Scheduler::give_up_attempt(Call& call, ErrorKind reason, Now now) {
    log_.unanswered(call, reason, now.steady);
    sending_.erase(call.progress.transfer);
    const bool may_have_arrived = effects_.give_up(call.progress.transfer);
    if (may_have_arrived) call.progress.may_have_been_done = call.progress.was_answer_lost = true;
    release(call, may_have_arrived ? PermitUse::abandoned : PermitUse::never_sent, now);
}

void Scheduler::fail(const std::shared_ptr<Call>& call, const Error& error) { fail_with(call, error); }

void Scheduler::fail_with(const std::shared_ptr<Call>& call, Error error) {
    name_call(error, *call);
    secrets_->hide_in(error);
    finish(call, std::move(error));
}

void Scheduler::fail_with_last(const std::shared_ptr<Call>& call) {
    if (call->state == Call::State::finished) return; // it has left its place to another, and that has ended, too
    if (call->progress.last_answer) return finish(call, *std::move(call->progress.last_answer));
    if (call->progress.last_error) return fail_with(call, *std::move(call->progress.last_error));
    // There was no memory to leave them to both.
    fail_with(call, Error{.kind = ErrorKind::internal, .message = "out of memory"});
}

void Scheduler::finish(const std::shared_ptr<Call>& call, Result<HttpResponse> outcome) noexcept {
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): the caller's reference may be the one in active_
    const std::shared_ptr<Call> kept = call;
    if (kept->state == Call::State::queued) queue_of(*kept).leave(*kept);
    if (kept->state == Call::State::following) kept->flock->followers.erase(kept->place_in_flock);
    const bool has_failed =
        !outcome && outcome.error().kind != ErrorKind::cancelled; // that was not the service's doing
    if (has_failed && flights_.leads(*kept)) cache_.refresh_failed(kept->request.target, present_.steady);
    flights_.close(*kept);
    const bool is_write = kept->request.method != HttpMethod::get;
    if (is_write && kept->progress.attempts > 0) forget_changed_by(kept->request);
    timers_.erase({kept->timer_at, kept->sequence});
    active_.erase(kept->sequence);
    kept->state = Call::State::finished;
    if (outcome) outcome->attempts = kept->progress.attempts;
    log_.ended(*kept, outcome, present_.steady);
    kept->outcome = std::move(outcome);
    if (kept->limit_notice) effects_.limit_told(*kept, std::nullopt);
    effects_.finished(kept);
    share_outcome(*kept);
    kept->flock.reset();
}

void Scheduler::share_outcome(Call& call) noexcept {
    while (leads_others(call)) {
        const std::shared_ptr<Call> follower = call.flock->followers.front()->shared_from_this();
        follower->progress.attempts = call.progress.attempts;
        follower->unreadable = call.unreadable;
        guard(follower, [&] { finish(follower, *call.outcome); });
    }
}

void Scheduler::set_timer(const std::shared_ptr<Call>& call, TimePoint at) {
    if (call->timer_at == at) return;
    auto timer = timers_.extract({call->timer_at, call->sequence});
    call->timer_at = at;
    if (timer.empty()) {
        timers_.emplace(at, call->sequence);
    } else { // needs no memory
        timer.value().first = at;
        timers_.insert(std::move(timer));
    }
}

} // namespace fathom::detail
