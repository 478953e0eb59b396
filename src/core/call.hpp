/// @file
/// One call on its way: what it asks, where it stands, how it ended.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <optional>
#include <utility>

#include <fathom/call_options.hpp>
#include <fathom/error.hpp>
#include <fathom/http.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/result.hpp>
#include <fathom/transport.hpp>

#include "../operations/operation.hpp"

namespace fathom::detail {

/// A call. Everything but `is_done` and `woken` is touched by the loop's driver alone until the call is done.
class Call {
public:
    using TimePoint = Transport::Clock::time_point;

    /// Where the call stands.
    enum class State : std::uint8_t { created, queued, sending, backing_off, finished };

    Call(OperationRequest what, TimePoint until, const CallOptions& options = {})
        : request(std::move(what)), deadline(until), priority(options.priority), when_limited(options.when_limited) {}

    const OperationRequest request;
    const TimePoint deadline;
    const Priority priority;
    const WhenLimited when_limited;

    State state = State::created;
    std::uint64_t sequence = 0; ///< Order of arrival.
    int attempts = 0;
    bool may_have_been_done = false;        ///< An attempt ended without proof that the service did nothing.
    TimePoint timer_at{};                   ///< When its timer fires: the end of its pause, or its deadline.
    TransferId transfer = 0;                ///< The attempt in flight, while sending.
    RateLimiter::Permit permit{};           ///< What it holds, while sending.
    std::optional<Error> last_error{};      ///< Why the last attempt failed.
    std::optional<HttpResponse> last_answer{}; ///< The last answer, kept for a caller that takes any status.
    std::optional<Result<HttpResponse>> outcome{};

    bool is_done = false;              ///< The outcome may be read. Guarded by the loop's mutex.
    std::condition_variable woken{};   ///< Tells the waiter to look again. Used with the loop's mutex.
};

} // namespace fathom::detail
