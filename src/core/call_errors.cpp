#include "call_errors.hpp"

#include <chrono>
#include <optional>
#include <string>

#include "thrown_error.hpp"

namespace fathom::detail {

namespace {

std::string seconds_text(std::chrono::nanoseconds duration) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count()) + " s";
}

} // namespace

Error cancelled_by_caller() {
    return {.kind = ErrorKind::cancelled, .message = "the call was cancelled by its caller"};
}

Error cancelled_with_client() {
    return {.kind = ErrorKind::cancelled, .message = "the client was destroyed before the answer came"};
}

Error timeout_of(const Call& call) {
    const bool is_queued = call.state == Call::State::queued;
    Error error{.kind = ErrorKind::timeout,
                .message = is_queued ? "the deadline of the call passed while it waited for the rate limit"
                                     : "the deadline of the call passed before the answer came"};
    if (const std::optional<Error>& last = call.progress.last_error) {
        error.message.append("; the attempt before failed: ").append(last->message);
    }
    return error;
}

Error refusal_of(const Call& call, Call::TimePoint earliest, Now now) {
    const auto wait = earliest - now.steady;
    const bool would_wait = call.when_limited == WhenLimited::wait;
    Error error{.kind = ErrorKind::rate_limited,
                .message = "the limit of the group '" + std::string(to_string(call.request.group)) +
                           "' leaves no room " + (would_wait ? "before the call's deadline" : "now") + "; it will in " +
                           seconds_text(wait)};
    error.available_at = now.calendar + std::chrono::ceil<std::chrono::system_clock::duration>(wait);
    if (const std::optional<Error>& last = call.progress.last_error) {
        error.http_status = last->http_status;
        error.retry_after = last->retry_after;
        error.message.append("; the last attempt failed: ").append(last->message);
    }
    return error;
}

void name_call(Error& error, const Call& call) noexcept {
    name_operation(error, call.request.operation);
    error.attempts = call.progress.attempts;
    error.may_have_taken_effect = call.progress.may_have_been_done && call.request.method != HttpMethod::get;
    error.is_idempotent = call.request.safety == RetrySafety::repeatable;
}

} // namespace fathom::detail
