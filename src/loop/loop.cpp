#include "loop.hpp"

#include <algorithm>
#include <random>

#include <fathom/version.hpp>

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

} // namespace

Loop::Loop(ClientOptions options)
    : base_url_(options.base_url), default_timeout_(options.timeout), headers_(make_headers(options, false)),
      headers_with_body_(make_headers(options, true)), transport_(std::move(options.transport)),
      limiter_(std::move(options.rate_limiter)), scheduler_({.retry = options.retry,
                                                             .cache = options.cache,
                                                             .limiter = limiter_,
                                                             .attempt_timeout = options.connection.attempt_timeout,
                                                             .default_timeout = options.timeout,
                                                             .seed = std::random_device{}()},
                                                            *this) {}

Loop::~Loop() {
    if (!background_.joinable()) return;
    background_.request_stop();
    {
        const std::scoped_lock lock(mutex_);
        background_woken_.notify_all();
    }
    transport_->wake();
    background_.join();
}

Result<HttpResponse> Loop::run(OperationRequest request, const CallOptions& options) {
    const std::shared_ptr<Call> call = make_call(std::move(request), options);
    submit(call);
    return finish(call, options.stop);
}

std::shared_ptr<Call> Loop::start(OperationRequest request, const CallOptions& options) {
    std::shared_ptr<Call> call = make_call(std::move(request), options);
    {
        const std::scoped_lock lock(mutex_);
        start_background_thread();
    }
    submit(call);
    return call;
}

Result<HttpResponse> Loop::finish(const std::shared_ptr<Call>& call, const std::stop_token& stop) {
    if (!stop.stop_possible()) return wait(call);
    const std::stop_callback on_stop(stop, [this, &call] { cancel(call); });
    return wait(call);
}

void Loop::abandon(const std::shared_ptr<Call>& call) { cancel(call); }

std::shared_ptr<Call> Loop::make_call(OperationRequest request, const CallOptions& options) const {
    return std::make_shared<Call>(std::move(request), transport_->now() + options.timeout.value_or(default_timeout_),
                                  options);
}

void Loop::submit(const std::shared_ptr<Call>& call) {
    const std::scoped_lock lock(mutex_);
    submitted_.push_back(call);
    if (is_driven_) {
        transport_->wake();
    } else {
        background_woken_.notify_one();
    }
}

void Loop::cancel(const std::shared_ptr<Call>& call) {
    const std::scoped_lock lock(mutex_);
    if (call->is_done) return;
    cancelled_.push_back(call);
    if (is_driven_) transport_->wake();
}

Result<HttpResponse> Loop::wait(const std::shared_ptr<Call>& call) {
    std::unique_lock lock(mutex_);
    while (!call->is_done) {
        if (!is_driven_) {
            drive(lock, [&call] { return call->is_done; });
        } else {
            waiters_.push_back(call.get());
            call->woken.wait(lock, [&] { return call->is_done || !is_driven_; });
            std::erase(waiters_, call.get());
        }
    }
    appoint_driver();
    return *std::move(call->outcome);
}

void Loop::drive(std::unique_lock<std::mutex>& lock, const std::function<bool()>& enough) {
    is_driven_ = true;
    try {
        while (true) {
            take_in_messages(lock);
            publish_finished();
            if (enough()) break;
            turn(lock);
        }
    } catch (...) { // out of memory, or out of a transport or a limiter that was replaced: let others go on
        if (!lock.owns_lock()) lock.lock();
        is_driven_ = false;
        appoint_driver();
        throw;
    }
    is_driven_ = false;
}

void Loop::take_in_messages(std::unique_lock<std::mutex>& lock) {
    const std::vector<std::shared_ptr<Call>> submitted = std::exchange(submitted_, {});
    const std::vector<std::shared_ptr<Call>> cancelled = std::exchange(cancelled_, {});
    lock.unlock();
    const Now present = now();
    for (Transfer& transfer : ended_) scheduler_.ended(std::move(transfer), present);
    ended_.clear();
    for (const auto& call : cancelled) scheduler_.cancel(call, present);
    for (const auto& call : submitted) {
        const bool was_cancelled_before = call->state == Call::State::finished;
        if (!was_cancelled_before) scheduler_.submit(call, present);
    }
    scheduler_.advance(present);
    lock.lock();
    resource_counts_ = scheduler_.counts(LimitGroup::resources);
    report_counts_ = scheduler_.counts(LimitGroup::reports);
    is_busy_ = scheduler_.is_busy();
    if (std::exchange(is_left_behind_, false)) start_background_thread();
}

void Loop::turn(std::unique_lock<std::mutex>& lock) {
    constexpr auto longest_sleep = std::chrono::hours{1};
    lock.unlock();
    const auto next_event = scheduler_.next_event();
    const auto sleep = next_event ? *next_event - transport_->now() : Transport::Clock::duration(longest_sleep);
    transport_->poll(std::clamp<Transport::Clock::duration>(sleep, Transport::Clock::duration::zero(), longest_sleep),
                     ended_);
    lock.lock();
}

void Loop::publish_finished() {
    for (const std::shared_ptr<Call>& call : finished_) {
        call->is_done = true;
        call->woken.notify_one();
    }
    finished_.clear();
}

bool Loop::needs_driver() const { return is_busy_ || !submitted_.empty() || !cancelled_.empty(); }

void Loop::appoint_driver() {
    if (is_driven_) return;
    if (!waiters_.empty()) {
        waiters_.front()->woken.notify_one();
    } else if (needs_driver()) {
        background_woken_.notify_one();
    }
}

void Loop::start_background_thread() {
    if (background_.joinable()) return;
    background_ = std::jthread([this](const std::stop_token& stop) { run_in_background(stop); });
}

void Loop::run_in_background(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        background_woken_.wait(lock, [&] { return stop.stop_requested() || (!is_driven_ && needs_driver()); });
        if (stop.stop_requested()) return;
        drive(lock, [&] { return stop.stop_requested() || !needs_driver(); });
        appoint_driver();
    }
}

Quota Loop::quota() const {
    const std::scoped_lock lock(mutex_);
    return {quota_of(LimitGroup::resources, resource_counts_), quota_of(LimitGroup::reports, report_counts_)};
}

GroupQuota Loop::quota_of(LimitGroup group, const Scheduler::GroupCounts& counts) const {
    const Now present = now();
    const auto wait = limiter_->earliest(group, counts.waiting, present.steady) - present.steady;
    return {.free_permits = limiter_->free_permits(group, present.steady),
            .next_permit_at = present.calendar + std::chrono::ceil<std::chrono::system_clock::duration>(wait),
            .waiting_calls = counts.waiting,
            .requests_sent = counts.sent,
            .refused_requests = counts.refused};
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
    transport_->start(call.transfer, request);
}

bool Loop::give_up(TransferId transfer) { return transport_->abort(transfer); }

void Loop::finished(std::shared_ptr<Call> call) { finished_.push_back(std::move(call)); }

void Loop::left_behind() { is_left_behind_ = true; }

} // namespace fathom::detail
