/// @file
/// One call on its way: what it asks, where it stands, how it ended.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <fathom/call_options.hpp>
#include <fathom/error.hpp>
#include <fathom/http.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/result.hpp>
#include <fathom/transport.hpp>

#include "flock.hpp"
#include "request.hpp"

namespace fathom::detail {

/// A call. But for what is guarded by a lock, the loop's driver alone touches it until the call is done.
class Call : public std::enable_shared_from_this<Call> {
public:
    using TimePoint = Transport::Clock::time_point;

    /// Where the call stands.
    enum class State : std::uint8_t {
        created,
        queued,
        sending,
        backing_off,
        pausing,   ///< It only waits for its deadline.
        following, ///< Another call asks the same, and this one will share its answer.
        finished,
    };

    /// Who gets the outcome.
    enum class Ending : std::uint8_t {
        unwanted,  ///< Nobody waits for it.
        awaited,   ///< A thread waits for it.
        delivered, ///< The background thread hands it over with deliver().
    };

    Call(OperationRequest what, TimePoint until, const CallOptions& options = {}, Ending how = Ending::unwanted)
        : request(std::move(what)), deadline(until), ending(how), when_limited(options.when_limited),
          cache(options.cache), retry(options.retry), response(options.response), limit_notice(options.limit_notice),
          context(options.context), priority(options.priority) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    virtual ~Call() = default;

    /// Hands the outcome over.
    virtual void deliver() noexcept {}

    const OperationRequest request;
    const TimePoint deadline;
    const Ending ending;
    const WhenLimited when_limited;
    const CacheUse cache;
    const std::optional<RetryPolicy> retry;          ///< Of this call alone.
    const std::shared_ptr<HttpResponse> response;    ///< Where its caller wants the last answer; may be null.
    const std::shared_ptr<LimitNotice> limit_notice; ///< Wants to know of its wait; may be null.
    std::shared_ptr<const void> context;             ///< The caller's, for the observer. Set before it is submitted.
    Priority priority;                               ///< Raised where an interactive call follows this one.

    bool only_waits = false; ///< Sends nothing, see Pauses. Set before it is submitted.
    State state = State::created;
    bool is_declined = false;                    ///< Was cancelled while it was on its way to the scheduler.
    std::uint64_t sequence = 0;                  ///< Order of arrival.
    TimePoint started_at{};                      ///< When it came.
    TimePoint timer_at{};                        ///< When its timer fires: the end of its pause, or its deadline.
    std::chrono::milliseconds attempt_timeout{}; ///< Longest that the attempt may take, while sending.
    std::optional<ErrorKind> unreadable{};       ///< Why the answer cannot be read, where that was examined.

    /// What has been reached: a call that ends for a reason of its own leaves it to the first that followed it.
    struct Progress {
        std::uint64_t place = 0;         ///< In the line of its group: the order of arrival.
        int attempts = 0;                ///< Requests that were sent for it.
        int uncounted = 0;               ///< Of those, how many cost no attempt of the policy.
        bool may_have_been_done = false; ///< An attempt ended without proof that the service did nothing.
        bool was_answer_lost = false;    ///< One may have been processed, and what the service said was not read.
        TimePoint queued_at{};           ///< For the observer, like the next one.
        TimePoint sent_at{};
        TransferId transfer = 0;           ///< The attempt in flight, while sending.
        std::optional<TimePoint> cut_at{}; ///< Where its time ends early: the deadline of the call that led then.
        RateLimiter::Permit permit{};      ///< What it holds, while sending.
        std::optional<Error> last_error{}; ///< Why the last attempt failed.
        std::optional<HttpResponse> last_answer{}; ///< The last answer, kept for a caller that takes any status.
    };
    Progress progress{};
    std::optional<Result<HttpResponse>> outcome{};

    std::shared_ptr<Flock> flock{}; ///< The calls that share one answer with this one; null where none does.
    Flock::Place place_in_flock{};  ///< Meaningful while following.

    // Guarded by the lock of whoever drives the scheduler.
    bool is_submitted = false;              ///< The driver has heard of it, or will.
    bool is_unwanted = false;               ///< Its caller has cancelled it.
    bool is_done = false;                   ///< The outcome may be read.
    std::shared_ptr<Call> next{};           ///< In line for the driver, and later for whoever gets the outcome.
    std::shared_ptr<Call> next_cancelled{}; ///< In line to be cancelled.
};

} // namespace fathom::detail
