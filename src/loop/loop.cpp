#include "loop.hpp"

#include <algorithm>
#include <random>

#include <fathom/version.hpp>

#include "../core/saturated.hpp"
#include "../platform/fork.hpp"
#include "occupied_thread.hpp"

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

/// What this client asks: its own view of the limiter, where that has views.
std::shared_ptr<RateLimiter> view_of(std::shared_ptr<RateLimiter> limiter, const std::shared_ptr<Doorbell>& bell) {
    auto view = limiter->attach([bell] { bell->ring(); });
    return view ? view : limiter;
}

} // namespace

Loop::Loop(ClientOptions options, ReadServerMessage read_message, std::shared_ptr<const Secrets> secrets)
    : generation_(generation_of_process()), base_url_(options.base_url), default_timeout_(options.timeout),
      headers_(make_headers(options, false)), headers_with_body_(make_headers(options, true)),
      transport_(std::move(options.transport)), bell_(std::make_shared<Doorbell>(transport_)),
      limiter_(view_of(std::move(options.rate_limiter), bell_)), secrets_(std::move(secrets)),
      examines_answers_(options.observer != nullptr), scheduler_({.retry = options.retry,
                                                                  .cache = options.cache,
                                                                  .limiter = limiter_,
                                                                  .attempt_timeout = options.connection.attempt_timeout,
                                                                  .default_timeout = saturated(options.timeout),
                                                                  .observer = options.observer,
                                                                  .base_url = base_url_,
                                                                  .read_message = read_message,
                                                                  .seed = std::random_device{}(),
                                                                  .secrets = secrets_},
                                                                 *this) {}

Loop::~Loop() = default;

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

std::shared_ptr<Loop> Loop::make(ClientOptions options, ReadServerMessage read_message, Secrets secrets) {
    const auto keeper = std::make_shared<Keeper>(
        std::make_shared<Loop>(std::move(options), read_message, std::make_shared<const Secrets>(std::move(secrets))));
    return {keeper, keeper->loop.get()};
}

void Loop::shut_down() noexcept {
    std::unique_lock lock(mutex_);
    if (!background_.joinable()) return;
    is_shutting_down_ = true;
    background_woken_.notify_one();
    if (std::exchange(is_asleep_, false)) transport_->wake();
    std::thread background = std::move(background_);
    lock.unlock();
    const bool is_in_continuation = background.get_id() == std::this_thread::get_id();
    if (is_in_continuation) {
        background.detach(); // it holds the loop until it ends
    } else {
        background.join();
    }
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
    const auto call = std::make_shared<WaitedCall>(std::move(request), deadline_of(options), options);
    if (!options.stop.stop_possible()) return submit_and_wait(call);
    const std::stop_callback on_stop(options.stop, [this, &call] { cancel(call); });
    return submit_and_wait(call);
}

std::optional<Error> Loop::start(const std::shared_ptr<Call>& call) {
    if (std::optional<Error> error = refusal(call->request.operation)) return error;
    {
        const std::scoped_lock lock(mutex_);
        start_background_thread();
    }
    submit(call);
    return std::nullopt;
}

/// Nothing of the loop may be touched in the child of a fork(): its mutex may be locked for ever.
std::optional<Error> Loop::refusal(std::string_view operation) const {
    if (generation_of_process() == generation_) return std::nullopt;
    return Error{.kind = ErrorKind::invalid_argument,
                 .message = "this client was made before fork(), and does not work in the child; make one there",
                 .operation = std::string(operation)};
}

Call::TimePoint Loop::deadline_of(const CallOptions& options) const {
    return transport_->now() + saturated(options.timeout.value_or(default_timeout_));
}

void Loop::submit(const std::shared_ptr<Call>& call) {
    const std::scoped_lock lock(mutex_);
    submitted_.push_back(call);
    wake();
}

void Loop::cancel(const std::shared_ptr<Call>& call) {
    const std::scoped_lock lock(mutex_);
    if (call->is_done) return;
    cancelled_.push_back(call);
    wake();
}

/// Has somebody look into the inbox. A driver that is awake does so by itself, and to wake one costs a system call.
void Loop::wake() {
    if (!is_driven_) {
        background_woken_.notify_one();
    } else if (std::exchange(is_asleep_, false)) {
        transport_->wake();
    }
}

Result<HttpResponse> Loop::submit_and_wait(const std::shared_ptr<WaitedCall>& call) {
    std::unique_lock lock(mutex_);
    submitted_.push_back(call);
    if (is_driven_) wake();
    while (is_driven_ && !call->is_done) {
        fall_asleep(*call);
        lock.unlock();
        if (call->waiter.wait() == Waiter::Reason::done) return *std::move(call->outcome);
        lock.lock();
    }
    if (!call->is_done) drive(lock, [&call] { return call->is_done; });
    return *std::move(call->outcome);
}

/// Gives the lock back. Whoever is woken wants it next, and would only wait for it.
void Loop::drive(std::unique_lock<std::mutex>& lock, const std::function<bool()>& enough) {
    is_driven_ = true;
    try {
        const OccupiedThread occupied(*this);
        while (true) {
            take_in_messages(lock);
            publish_finished();
            if (enough()) break;
            turn(lock);
        }
    } catch (...) { // out of memory, or out of a transport or a limiter that was replaced: let others go on
        if (!lock.owns_lock()) lock.lock();
        stop_driving(lock);
        throw;
    }
    stop_driving(lock);
}

void Loop::stop_driving(std::unique_lock<std::mutex>& lock) {
    is_driven_ = false;
    appoint_driver();
    const std::vector<std::shared_ptr<WaitedCall>> done = std::exchange(done_waiters_, {});
    lock.unlock();
    wake_waiters_of(done);
}

void Loop::take_in_messages(std::unique_lock<std::mutex>& lock) {
    const std::vector<std::shared_ptr<Call>> submitted = std::exchange(submitted_, {});
    const std::vector<std::shared_ptr<Call>> cancelled = std::exchange(cancelled_, {});
    const bool is_shutting_down = is_shutting_down_;
    lock.unlock();
    const Now present = now();
    for (Transfer& transfer : ended_) scheduler_.ended(std::move(transfer), present);
    ended_.clear();
    for (const auto& call : cancelled) scheduler_.cancel(call, present);
    for (const auto& call : submitted) {
        const bool was_cancelled_before = call->state == Call::State::finished;
        if (!was_cancelled_before) scheduler_.submit(call, present);
    }
    if (is_shutting_down) scheduler_.cancel_all(present);
    if (bell_->was_rung()) scheduler_.limit_changed(present);
    scheduler_.advance(present);
    lock.lock();
    resource_counts_ = scheduler_.counts(LimitGroup::resources);
    report_counts_ = scheduler_.counts(LimitGroup::reports);
    is_busy_ = scheduler_.is_busy();
    if (std::exchange(is_left_behind_, false)) start_background_thread();
}

void Loop::turn(std::unique_lock<std::mutex>& lock) {
    constexpr auto longest_sleep = std::chrono::hours{1};
    const bool has_messages = !submitted_.empty() || !cancelled_.empty() || is_shutting_down_;
    is_asleep_ = !has_messages;
    lock.unlock();
    wake_waiters_of(done_waiters_);
    done_waiters_.clear();
    Transport::Clock::duration sleep{};
    if (!has_messages) {
        const auto next_event = scheduler_.next_event();
        sleep = next_event ? *next_event - transport_->now() : Transport::Clock::duration(longest_sleep);
    }
    transport_->poll(std::clamp<Transport::Clock::duration>(sleep, Transport::Clock::duration::zero(), longest_sleep),
                     ended_);
    lock.lock();
    is_asleep_ = false;
}

void Loop::publish_finished() {
    for (std::shared_ptr<Call>& call : finished_) {
        call->is_done = true;
        if (call->ending == Call::Ending::delivered) {
            to_deliver_.push_back(std::move(call));
        } else if (call->ending == Call::Ending::awaited) {
            auto waited = std::static_pointer_cast<WaitedCall>(std::move(call));
            if (!waited->sleeping) continue;
            get_up(*waited);
            done_waiters_.push_back(std::move(waited));
        }
    }
    finished_.clear();
    if (!to_deliver_.empty()) background_woken_.notify_one();
}

void Loop::fall_asleep(WaitedCall& call) { call.sleeping = waiters_.insert(waiters_.end(), &call); }

void Loop::get_up(WaitedCall& call) { waiters_.erase(*std::exchange(call.sleeping, std::nullopt)); }

void Loop::wake_waiters_of(const std::vector<std::shared_ptr<WaitedCall>>& calls) {
    for (const std::shared_ptr<WaitedCall>& call : calls) call->waiter.wake(Waiter::Reason::done);
}

bool Loop::needs_driver() const { return is_busy_ || !submitted_.empty() || !cancelled_.empty(); }

void Loop::appoint_driver() {
    if (!waiters_.empty()) {
        // The last to come will wait longest, so that the role changes hands least often.
        WaitedCall& last = *waiters_.back();
        get_up(last);
        last.waiter.wake(Waiter::Reason::drive);
    } else if (needs_driver()) {
        background_woken_.notify_one();
    }
}

void Loop::start_background_thread() {
    if (background_.joinable() || is_shutting_down_) return;
    background_ = std::thread([self = shared_from_this()] { self->run_in_background(); });
}

void Loop::run_in_background() {
    const auto has_work = [this] {
        return !to_deliver_.empty() || (!is_driven_ && (is_shutting_down_ || needs_driver()));
    };
    std::unique_lock lock(mutex_);
    while (true) {
        background_woken_.wait(lock, has_work);
        deliver(lock);
        if (!is_driven_ && needs_driver()) {
            drive(lock, [this] { return !to_deliver_.empty() || !needs_driver(); });
            lock.lock();
        } else if (is_shutting_down_ && to_deliver_.empty()) {
            return;
        }
    }
}

void Loop::deliver(std::unique_lock<std::mutex>& lock) {
    if (to_deliver_.empty()) return;
    std::vector<std::shared_ptr<Call>> calls = std::exchange(to_deliver_, {});
    lock.unlock();
    {
        const OccupiedThread occupied(*this);
        for (const std::shared_ptr<Call>& call : calls) call->deliver();
        calls.clear(); // ends what continuations hold while no lock is held
    }
    lock.lock();
}

Quota Loop::quota() const {
    if (refusal("")) return {};
    std::unique_lock lock(mutex_);
    const Scheduler::GroupCounts resources = resource_counts_;
    const Scheduler::GroupCounts reports = report_counts_;
    lock.unlock(); // a shared limiter may take its time
    return {quota_of(LimitGroup::resources, resources), quota_of(LimitGroup::reports, reports)};
}

GroupQuota Loop::quota_of(LimitGroup group, const Scheduler::GroupCounts& counts) const {
    const Now present = now();
    const auto wait = limiter_->earliest(group, counts.waiting, present.steady) - present.steady;
    return {.free_permits = limiter_->free_permits(group, present.steady),
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

bool Loop::give_up(TransferId transfer) { return transport_->abort(transfer); }

void Loop::finished(std::shared_ptr<Call> call) { finished_.push_back(std::move(call)); }

void Loop::left_behind() { is_left_behind_ = true; }

} // namespace fathom::detail
