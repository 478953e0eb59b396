#include "loop.hpp"

#include <algorithm>
#include <random>
#include <thread>

#include <fathom/version.hpp>

#include "../core/call_errors.hpp"
#include "../core/limiter_guard.hpp"
#include "../core/saturated.hpp"
#include "../core/thrown_error.hpp"
#include "../platform/fork.hpp"
#include "limit_notice_state.hpp"
#include "occupied_thread.hpp"
#include "parting_threads.hpp"

namespace fathom::detail {

namespace {

std::shared_ptr<const std::vector<HttpHeader>> make_headers(const ClientOptions& options, bool has_body) {
    std::string user_agent = std::string("fathom-cpp/") + version;
    if (!options.connection.user_agent_suffix.empty()) user_agent += " " + options.connection.user_agent_suffix;
    std::vector<HttpHeader> headers{
        {"Authorization", "Bearer " + options.api_key},
        {"Accept", "application/json"}, // without it the service answers errors in HTML
        {"User-Agent", std::move(user_agent)},
    };
    if (has_body) headers.push_back({"Content-Type", "application/json"});
    return std::make_shared<const std::vector<HttpHeader>>(std::move(headers));
}

constexpr Transport::Clock::duration longest_sleep = std::chrono::hours{1};

/// What this client asks: its own view of the limiter, where that has views.
std::shared_ptr<RateLimiter> view_of(const std::shared_ptr<RateLimiter>& limiter,
                                     const std::shared_ptr<Doorbell>& bell) {
    auto view = limiter->attach([bell] { bell->ring(); });
    return view ? view : limiter;
}

} // namespace

Loop::Loop(ClientOptions options, ReadServerMessage read_message, std::shared_ptr<const Secrets> secrets,
           std::optional<Host> host)
    : generation_(generation_of_process()), base_url_(options.base_url), default_timeout_(options.timeout),
      headers_(make_headers(options, false)), headers_with_body_(make_headers(options, true)),
      transport_(std::move(options.transport)), is_hosted_(host.has_value()),
      descriptor_(host ? transport_->descriptor() : -1), waker_(transport_, host ? std::move(host->on_wake) : Notice()),
      bell_(std::make_shared<Doorbell>(waker_)), shared_limiter_(options.rate_limiter),
      limiter_(view_of(shared_limiter_, bell_)), secrets_(std::move(secrets)), observer_(options.observer),
      examines_answers_(observer_ != nullptr || ResponseCache(options.cache).is_enabled()),
      zones_(std::make_shared<SiteZones>(std::move(options.time_zones))),
      scheduler_({.retry = options.retry,
                  .cache = options.cache,
                  .limiter = limiter_,
                  .attempt_timeout = options.connection.attempt_timeout,
                  .default_timeout = saturated(options.timeout),
                  .observer = observer_,
                  .base_url = base_url_,
                  .read_message = read_message,
                  .seed = std::random_device{}(),
                  .secrets = secrets_},
                 *this) {
    PartingThreads::watch();
    if (is_hosted_) ++hosted_loops_;
}

Loop::~Loop() {
    if (is_hosted_) --hosted_loops_;
}

/// What the clients hold: with the last of them, the loop shuts down, although its thread still holds it.
struct Loop::Keeper {
    explicit Keeper(std::shared_ptr<Loop> kept) : loop(std::move(kept)) {}
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;
    ~Keeper() {
        if (generation_of_process() == loop->generation_) {
            loop->shut_down();
        } else { // the child of a fork(): its background thread is not there, and to close connections would end the parent's
            static_cast<void>(new std::shared_ptr<Loop>(std::move(loop))); // NOLINT: left to the end of the process
        }
    }

    std::shared_ptr<Loop> loop;
};

std::shared_ptr<Loop> Loop::make(ClientOptions options, ReadServerMessage read_message, Secrets secrets,
                                 std::optional<Host> host) {
    const auto keeper = std::make_shared<Keeper>(std::make_shared<Loop>(
        std::move(options), read_message, std::make_shared<const Secrets>(std::move(secrets)), std::move(host)));
    return {keeper, keeper->loop.get()};
}

void Loop::shut_down() noexcept {
    if (is_hosted_) return shut_down_here();
    {
        const Locked lock(mutex_);
        if (!has_background_thread_) return;
        PartingThreads::told();
        is_shutting_down_ = true;
        background_woken_.notify_one();
        if (std::exchange(is_asleep_, false)) transport_->wake();
    }
    PartingThreads::wait_at_exit();
}

Result<HttpResponse> Loop::run(OperationRequest request, const CallOptions& options) {
    if (std::optional<Error> error = refusal(request.operation)) return *std::move(error);
    if (OccupiedThread::is_this_one(*this)) {
        return Error{.kind = ErrorKind::would_deadlock,
                     .message =
                         "a blocking call was made in a continuation or hook of the same client, which would wait "
                         "for itself; make it through an AsyncClient, or give that an executor",
                     .operation = std::string(request.operation)};
    }
    try {
        const auto call = std::make_shared<WaitedCall>(std::move(request), deadline_of(options), options);
        if (!call->context) call->context = caller_context();
        const std::stop_callback on_stop(options.stop, [this, &call] { cancel(call); });
        return submit_and_wait(call);
    } catch (...) {
        return thrown_error("the transport's clock");
    }
}

std::optional<Error> Loop::start(const std::shared_ptr<Call>& call) {
    if (std::optional<Error> error = refusal(call->request.operation)) return error;
    if (!call->context && !call->only_waits) call->context = caller_context();
    const Locked lock(mutex_);
    try {
        start_background_thread();
    } catch (...) {
        return thrown_error("the start of the background thread");
    }
    submit(call);
    wake();
    return std::nullopt;
}

std::shared_ptr<const void> Loop::caller_context() const noexcept {
    try {
        return observer_ ? observer_->caller_context() : nullptr;
    } catch (...) { // the observer's loss
        return nullptr;
    }
}

/// Nothing of the loop may be touched in the child of a fork(): its mutex may be locked permanently.
std::optional<Error> Loop::refusal(std::string_view operation) const {
    if (generation_of_process() == generation_) return std::nullopt;
    return Error{.kind = ErrorKind::invalid_argument,
                 .message = "this client was made before fork(), and does not work in the child; make one there",
                 .operation = std::string(operation)};
}

Call::TimePoint Loop::deadline_of(const CallOptions& options) const {
    return transport_->now() + saturated(options.timeout.value_or(default_timeout_));
}

std::chrono::milliseconds Loop::time_until(Call::TimePoint deadline) const {
    using std::chrono::milliseconds;
    return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(deadline - transport_->now()));
}

void Loop::submit(const std::shared_ptr<Call>& call) {
    call->is_submitted = true;
    if (call->limit_notice) Access::state_of(*call->limit_notice)->belong_to(weak_from_this());
    submitted_.push(call);
    if (call->is_unwanted) cancelled_.push(call);
}

void Loop::cancel(const std::shared_ptr<Call>& call) noexcept {
    if (generation_of_process() != generation_) return;
    const Locked lock(mutex_);
    if (call->is_done || std::exchange(call->is_unwanted, true)) return;
    if (!call->is_submitted) return; // whoever submits it will see
    cancelled_.push(call);
    wake();
}

/// Has somebody look into the inbox. A driver that is awake does so by itself, and to wake one costs a system call.
void Loop::wake() {
    if (is_driven_) {
        if (std::exchange(is_asleep_, false)) transport_->wake();
    } else if (is_hosted_) {
        ring_host();
    } else {
        background_woken_.notify_one();
    }
}

Result<HttpResponse> Loop::submit_and_wait(const std::shared_ptr<WaitedCall>& call) {
    mutex_.lock();
    submit(call);
    if (!may_drive()) wake();
    while (!call->is_done && !may_drive()) {
        if (is_hosted_) {
            wait_for_host(*call);
            continue;
        }
        fall_asleep(*call);
        mutex_.unlock();
        if (call->waiter.wait() == Waiter::Reason::done) return *std::move(call->outcome);
        mutex_.lock();
    }
    if (call->is_done) {
        mutex_.unlock();
    } else {
        drive(call.get());
    }
    return *std::move(call->outcome);
}

void Loop::drive(const Call* own) {
    is_driven_ = true;
    is_host_rung_ = false;
    {
        const OccupiedThread occupied(*this);
        while (true) {
            take_in_messages();
            publish_finished();
            if (has_driven_enough(own)) break;
            turn(longest_sleep);
        }
    }
    is_host_behind_ = is_hosted_ && is_busy_;
    stop_driving();
}

bool Loop::has_driven_enough(const Call* own) const {
    return own != nullptr ? own->is_done : !to_deliver_.empty() || !needs_driver();
}

/// Gives the lock back. Whoever is woken wants it next, and would only wait for it.
void Loop::stop_driving() {
    if (is_hosted_) note_what_is_due();
    is_driven_ = false;
    appoint_driver();
    Calls done = std::move(done_waiters_);
    mutex_.unlock();
    wake_waiters_of(std::move(done));
}

void Loop::take_in_messages() {
    Calls submitted = std::move(submitted_);
    CancelledCalls cancelled = std::move(cancelled_);
    const bool is_shutting_down = is_shutting_down_;
    mutex_.unlock();
    move_on(std::move(submitted), std::move(cancelled), is_shutting_down);
    mutex_.lock();
    resource_counts_ = scheduler_.counts(LimitGroup::resources);
    report_counts_ = scheduler_.counts(LimitGroup::reports);
    is_busy_ = scheduler_.is_busy() || !pauses_.empty();
    if (!is_left_behind_) return;
    try {
        start_background_thread();
        is_left_behind_ = false;
    } catch (...) { // NOLINT(bugprone-empty-catch): tried again in the next turn
    }
}

/// Whatever is thrown on the way ends calls, and never the driver.
void Loop::move_on(Calls submitted, CancelledCalls cancelled, bool is_shutting_down) noexcept {
    Now present = scheduler_.present();
    try {
        if (broken_poll_) abandon_all(*std::exchange(broken_poll_, std::nullopt));
        present = now();
        for (Transfer& transfer : ended_) scheduler_.ended(std::move(transfer), present);
        ended_.clear();
        while (const std::shared_ptr<Call> call = cancelled.pop()) cancel_in_core(call, present);
        while (const std::shared_ptr<Call> call = submitted.pop()) submit_to_core(call, present);
        if (is_shutting_down) {
            scheduler_.cancel_all(present);
            pauses_.end_all(Pauses::cancelled());
        }
        if (bell_->was_rung()) scheduler_.limit_changed(present);
        scheduler_.advance(present);
        pauses_.advance(present.steady);
    } catch (...) {
        const Error error = thrown_error("the transport");
        ended_.clear();
        abandon_all(error);
        while (const std::shared_ptr<Call> call = submitted.pop()) {
            scheduler_.decline(call, copy_of(error), present);
        }
    }
}

void Loop::cancel_in_core(const std::shared_ptr<Call>& call, Now present) noexcept {
    if (call->state == Call::State::created) {
        call->is_declined = true; // it is among the submitted
    } else if (call->only_waits) {
        pauses_.cancel(call);
    } else {
        scheduler_.cancel(call, present);
    }
}

void Loop::submit_to_core(const std::shared_ptr<Call>& call, Now present) noexcept {
    if (call->only_waits) {
        pauses_.begin(call);
    } else if (call->is_declined) {
        scheduler_.decline(call, cancelled_by_caller(), present);
    } else {
        scheduler_.submit(call, present);
    }
}

void Loop::abandon_all(const Error& error) noexcept {
    scheduler_.abandon_all(error);
    pauses_.end_all(error);
}

/// When there is something to do, if nothing else happens.
std::optional<Call::TimePoint> Loop::next_event() const {
    const auto call = scheduler_.next_event();
    const auto pause = pauses_.next_event();
    return call && pause ? std::min(*call, *pause) : call ? call : pause;
}

void Loop::turn(Transport::Clock::duration longest) {
    const bool has_messages = !submitted_.empty() || !cancelled_.empty() || is_shutting_down_ || is_nudged_;
    is_asleep_ = !has_messages;
    mutex_.unlock();
    wake_waiters_of(std::move(done_waiters_));
    poll(has_messages ? Transport::Clock::duration::zero() : time_to_sleep(longest));
    mutex_.lock();
    is_asleep_ = false;
}

Transport::Clock::duration Loop::time_to_sleep(Transport::Clock::duration longest) noexcept {
    const auto next = next_event();
    if (!next) return longest;
    return std::clamp<Transport::Clock::duration>(time_left(*next), Transport::Clock::duration::zero(), longest);
}

Transport::Clock::duration Loop::time_left(Call::TimePoint until) noexcept {
    try {
        return until - transport_->now();
    } catch (...) {
        broken_poll_ = thrown_error("the transport's clock");
        return Transport::Clock::duration{1}; // soon: all calls end for it
    }
}

void Loop::poll(Transport::Clock::duration longest) noexcept {
    try {
        transport_->poll(longest, ended_);
    } catch (...) {
        broken_poll_ = thrown_error("the transport");
    }
}

void Loop::publish_finished() {
    while (std::shared_ptr<Call> call = finished_.pop()) {
        call->is_done = true;
        if (call->ending == Call::Ending::delivered) {
            to_deliver_.push(std::move(call));
        } else if (call->ending == Call::Ending::awaited) {
            auto& waited = static_cast<WaitedCall&>(*call);
            if (!waited.is_asleep) continue;
            get_up(waited);
            done_waiters_.push(std::move(call));
        }
    }
    if (!to_deliver_.empty()) background_woken_.notify_one();
}

void Loop::fall_asleep(WaitedCall& call) {
    waiters_.splice(waiters_.end(), call.entry);
    call.is_asleep = true;
}

void Loop::get_up(WaitedCall& call) {
    call.entry.splice(call.entry.end(), waiters_, call.place);
    call.is_asleep = false;
}

void Loop::wake_waiters_of(Calls calls) {
    while (const std::shared_ptr<Call> call = calls.pop()) {
        static_cast<WaitedCall&>(*call).waiter.wake(Waiter::Reason::done);
    }
}

bool Loop::needs_driver() const { return is_busy_ || !submitted_.empty() || !cancelled_.empty(); }

void Loop::appoint_driver() {
    if (is_hosted_) {
        if (std::exchange(is_host_behind_, false) || has_word_for_host()) ring_host();
    } else if (!waiters_.empty()) {
        // The last to come will wait longest, so that the role changes hands least often.
        WaitedCall& last = *waiters_.back();
        get_up(last);
        last.waiter.wake(Waiter::Reason::drive);
    } else if (needs_driver()) {
        background_woken_.notify_one();
    }
}

/// Nobody joins the thread: it holds the loop until it ends.
void Loop::start_background_thread() {
    if (is_hosted_ || has_background_thread_ || is_shutting_down_) return;
    std::thread([self = shared_from_this()]() mutable {
        self->run_in_background();
        self.reset();
        PartingThreads::gone();
    }).detach();
    has_background_thread_ = true;
}

bool Loop::has_background_work() const {
    return !to_deliver_.empty() || (!is_driven_ && (is_shutting_down_ || needs_driver()));
}

void Loop::run_in_background() {
    mutex_.lock();
    while (true) {
        while (!has_background_work()) background_woken_.wait(mutex_);
        deliver();
        if (!is_driven_ && needs_driver()) {
            drive(nullptr);
            mutex_.lock();
        } else if (is_shutting_down_ && to_deliver_.empty()) {
            break;
        }
    }
    mutex_.unlock();
}

void Loop::deliver() {
    if (to_deliver_.empty()) return;
    Calls calls = std::move(to_deliver_);
    mutex_.unlock();
    {
        const OccupiedThread occupied(*this);
        while (const std::shared_ptr<Call> call = calls.pop()) call->deliver();
    }
    mutex_.lock();
}

Quota Loop::quota() const {
    if (refusal("")) return {};
    mutex_.lock();
    const Scheduler::GroupCounts resources = resource_counts_;
    const Scheduler::GroupCounts reports = report_counts_;
    mutex_.unlock(); // a shared limiter may take its time
    return {quota_of(LimitGroup::resources, resources), quota_of(LimitGroup::reports, reports)};
}

std::chrono::nanoseconds Loop::wait_of_reports(std::size_t reports) const {
    if (reports == 0 || refusal("")) return {};
    mutex_.lock();
    const std::size_t waiting = report_counts_.waiting;
    mutex_.unlock();
    const Call::TimePoint present = transport_->now();
    const Call::TimePoint last = LimiterGuard(limiter_).earliest(LimitGroup::reports, waiting + reports - 1, present);
    return std::max(last, present) - present;
}

GroupQuota Loop::quota_of(LimitGroup group, const Scheduler::GroupCounts& counts) const {
    const Now present = now();
    const std::size_t free = limiter_->free_permits(group, present.steady); // first, since it looks into a shared store
    const auto wait = limiter_->earliest(group, counts.waiting, present.steady) - present.steady;
    return {.free_permits = free,
            .next_permit_at = present.calendar + std::chrono::ceil<std::chrono::system_clock::duration>(wait),
            .waiting_calls = counts.waiting,
            .requests_sent = counts.sent,
            .refused_requests = counts.refused,
            .pace = limiter_->pace(group, present.steady)};
}

Now Loop::now() const { return {transport_->now(), transport_->calendar_now()}; }

void Loop::begin(const Call& call) {
    const std::string& body = call.request.body;
    HttpRequest request{.method = call.request.method,
                        .url = base_url_ + call.request.target,
                        .headers = body.empty() ? headers_ : headers_with_body_,
                        .body = body};
    request.timeout = call.attempt_timeout;
    request.fresh_connection = call.request.safety == RetrySafety::only_if_unsent;
    transport_->start(call.progress.transfer, request);
}

bool Loop::give_up(TransferId transfer) noexcept {
    try {
        return transport_->abort(transfer);
    } catch (...) {
        return true; // what the transport cannot tell may be so
    }
}

void Loop::finished(std::shared_ptr<Call> call) noexcept { finished_.push(std::move(call)); }

/// It is handed over as outcomes are.
void Loop::limit_told(const Call& call, const std::optional<LimitWait>& wait) noexcept {
    const std::shared_ptr<LimitNoticeState>& state = Access::state_of(*call.limit_notice);
    if (!state->tell(wait)) return;
    is_left_behind_ = true;
    finished_.push(state);
}

void Loop::left_behind() { is_left_behind_ = true; }

} // namespace fathom::detail
