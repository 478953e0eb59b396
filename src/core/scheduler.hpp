/// @file
/// The life of all calls of a client as a state machine: no I/O, no clock, no thread.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <unordered_map>
#include <utility>

#include <fathom/cache.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/retry.hpp>
#include <fathom/transport.hpp>

#include "call.hpp"
#include "call_log.hpp"
#include "flights.hpp"
#include "judge.hpp"
#include "limit_queue.hpp"
#include "limiter_guard.hpp"
#include "now.hpp"
#include "response_cache.hpp"
#include "retry_budget.hpp"
#include "secrets.hpp"

namespace fathom::detail {

/// What the scheduler asks to be done.
class Effects {
public:
    Effects() = default;
    Effects(const Effects&) = delete;
    Effects& operator=(const Effects&) = delete;
    virtual ~Effects() = default;

    /// Begin an attempt of the call; its id is Call::transfer.
    virtual void begin(const Call& call) = 0;
    /// Give up an attempt. @return whether any of it may have reached the server
    virtual bool give_up(TransferId transfer) noexcept = 0;
    /// The call has its outcome.
    virtual void finished(std::shared_ptr<Call> call) noexcept = 0;
    /// A call that wants to know has begun to wait for the limit, or has ended; without a wait it has not waited at last.
    virtual void limit_told(const Call& call, const std::optional<LimitWait>& wait) noexcept;
    /// A call was begun that nobody waits for, so somebody must go on driving.
    virtual void left_behind() = 0;
};

/// The policies of a client.
struct Policies {
    RetryPolicy retry{};
    CacheOptions cache{};
    std::shared_ptr<RateLimiter> limiter;                                 ///< Hands out the permits.
    std::chrono::milliseconds attempt_timeout;                            ///< Of each attempt.
    std::chrono::nanoseconds default_timeout;                             ///< Of requests that nobody waits for.
    std::shared_ptr<Observer> observer{};                                 ///< Is told what happens; may be null.
    std::string base_url{};                                               ///< The API root, for the observer.
    ReadServerMessage read_message;                                       ///< Reads what a server says of a failure.
    std::uint64_t seed = 0;                                               ///< Of the random pauses.
    std::shared_ptr<const Secrets> secrets = std::make_shared<Secrets>(); ///< Never stand in an error.
};

/// Takes calls in, and moves them through waiting for a permit, sending, pausing and trying again to their end. Where memory
/// runs out, or a part throws that the program has replaced, the call concerned ends with ErrorKind::internal, and the
/// others go on.
class Scheduler final : private LimitQueue::Exits {
public:
    using TimePoint = Call::TimePoint;

    Scheduler(const Policies& policies, Effects& effects);

    /// A new call is answered from the cache, joins another that asks the same, or joins its group's queue.
    void submit(const std::shared_ptr<Call>& call, Now now) noexcept;
    /// A new call ends with this error before anything is done for it.
    void decline(const std::shared_ptr<Call>& call, Error error, Now now) noexcept;
    /// The caller no longer wants the call.
    void cancel(const std::shared_ptr<Call>& call, Now now) noexcept;
    /// Ends all calls with this error.
    void abandon_all(const Error& error) noexcept;
    /// Nobody is left who could want any call.
    void cancel_all(Now now) noexcept;
    /// An attempt has ended. One that was given up is ignored.
    void ended(Transfer transfer, Now now);
    /// Lets pass what is due: pauses, deadlines, permits.
    void advance(Now now);
    /// The present as it was told last.
    [[nodiscard]] Now present() const noexcept { return present_; }
    /// When advance() has something to do again, if nothing else happens; nothing where no call is under way.
    [[nodiscard]] std::optional<TimePoint> next_event() const;

    /// A permit may be free earlier than the limiter said.
    void limit_changed(Now now);

    /// Whether any call is under way.
    [[nodiscard]] bool is_busy() const noexcept { return !active_.empty(); }

    /// What this client has done in one group.
    struct GroupCounts {
        std::size_t waiting = 0;
        std::uint64_t sent = 0;
        std::uint64_t refused = 0;
    };
    [[nodiscard]] GroupCounts counts(LimitGroup group) const;

private:
    [[nodiscard]] const RetryPolicy& retry_of(const Call& call) const { return call.retry ? *call.retry : retry_; }
    LimitQueue& queue_of(LimitGroup group) { return queues_[static_cast<std::size_t>(group)]; }
    LimitQueue& queue_of(const Call& call) { return queue_of(call.request.group); }

    void register_call(const std::shared_ptr<Call>& call, Now now);
    void take_in(const std::shared_ptr<Call>& call, Now now);
    void take_in(const std::shared_ptr<Call>& call, Transfer transfer, Now now);
    void fire_timer(const std::shared_ptr<Call>& call, Now now);

    template <class Step>
    void guard(const std::shared_ptr<Call>& call, const Step& step) noexcept;
    void abandon(const std::shared_ptr<Call>& call, Error error) noexcept;

    [[nodiscard]] bool answer_from_cache(const std::shared_ptr<Call>& call, Now now);
    [[nodiscard]] bool follow_flight(const std::shared_ptr<Call>& call);
    void refresh_behind(const Call& call, Now now);
    void examine(Call& call, const HttpResponse& response);
    void let_interactive_lead(const std::shared_ptr<Call>& leader);
    std::shared_ptr<Call> promote_follower(const std::shared_ptr<Call>& call, Now now);
    void refuse_impatient_followers(const Call& call, Now now);
    void end_alone(const std::shared_ptr<Call>& call, Error error, Now now);
    void forget_changed_by(const OperationRequest& write) noexcept;

    void enqueue(const std::shared_ptr<Call>& call, Now now);
    std::optional<TimePoint> join_queue(const std::shared_ptr<Call>& call, Now now);

    // Where calls go from their queues.
    void send(const std::shared_ptr<Call>& call, RateLimiter::Permit permit, Now now) override;
    void refuse(const std::shared_ptr<Call>& call, TimePoint earliest, Now now) override;
    void fail(const std::shared_ptr<Call>& call, const Error& error) override;
    void tell_wait(const Call& call, const LimitWait& wait) override { effects_.limit_told(call, wait); }
    [[nodiscard]] TimePoint first_deadline() const noexcept override;

    void begin_attempt(const std::shared_ptr<Call>& call, RateLimiter::Permit permit, Now now);
    void refuse_one(const std::shared_ptr<Call>& call, TimePoint earliest, Now now);

    static void tell(const Call& call, const HttpResponse& response);
    void answered(const std::shared_ptr<Call>& call, HttpResponse response, Now now);
    void keep(const Call& call, const HttpResponse& response, Now now) noexcept;
    void refused_by_server(const std::shared_ptr<Call>& call, HttpResponse response, Judgement judgement, Now now);
    void unanswered(const std::shared_ptr<Call>& call, TransportError failure, Now now);
    void pause_until(std::shared_ptr<Call> call, TimePoint resume_at, Now now);
    void try_again(const std::shared_ptr<Call>& call, std::optional<std::chrono::nanoseconds> pause,
                   std::uint64_t connection, Now now);
    void back_off(const std::shared_ptr<Call>& call, std::chrono::nanoseconds pause, Now now);
    void refused_by_limit(const std::shared_ptr<Call>& call, Now now);
    [[nodiscard]] std::shared_ptr<Call> with_attempts_left(const std::shared_ptr<Call>& call, Now now);
    void cancel(const std::shared_ptr<Call>& call, Error (*reason)(), Now now) noexcept;
    void release(const Call& call, PermitUse use, Now now);
    void give_up_attempt(Call& call, ErrorKind reason, Now now);

    void fail_with(const std::shared_ptr<Call>& call, Error error);
    void fail_with_last(const std::shared_ptr<Call>& call);
    void finish(const std::shared_ptr<Call>& call, Result<HttpResponse> outcome) noexcept;
    void share_outcome(Call& call) noexcept;

    void set_timer(const std::shared_ptr<Call>& call, TimePoint at);

    RetryPolicy retry_;
    LimiterGuard limiter_;
    ReadServerMessage read_message_;
    std::shared_ptr<const Secrets> secrets_;
    std::chrono::milliseconds attempt_timeout_;
    std::chrono::nanoseconds default_timeout_;
    std::minstd_rand random_;
    RetryBudget budget_;
    ResponseCache cache_;
    Flights flights_{};
    CallLog log_;
    Effects& effects_;
    Now present_{}; // of the event that is being taken in

    std::array<LimitQueue, limit_group_count> queues_;
    std::unordered_map<std::uint64_t, std::shared_ptr<Call>> active_{}; // by sequence
    std::unordered_map<TransferId, std::shared_ptr<Call>> sending_{};   // by transfer
    std::set<std::pair<TimePoint, std::uint64_t>> timers_{};            // one per call: (time, sequence)
    std::uint64_t last_sequence_ = 0;
    TransferId last_transfer_ = 0;
};

} // namespace fathom::detail
