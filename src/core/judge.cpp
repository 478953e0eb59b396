#include "judge.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "retry_after.hpp"
#include "retry_table.hpp"

namespace fathom::detail {

namespace {

/// The service answers a missing permission with 403, and sometimes with 400 and a text that says so.
bool tells_of_missing_permission(std::string_view message) noexcept {
    return message.find("permission") != std::string_view::npos;
}

ErrorKind kind_of(int status, std::string_view message) noexcept {
    switch (status) {
    case 400: return tells_of_missing_permission(message) ? ErrorKind::forbidden : ErrorKind::bad_request;
    case 401: return ErrorKind::unauthorized;
    case 403: return ErrorKind::forbidden;
    case 404: return ErrorKind::not_found;
    case 408: return ErrorKind::server;
    case 410: return ErrorKind::gone;
    case 422: return ErrorKind::unprocessable;
    case 425: return ErrorKind::server;
    case 429: return ErrorKind::rate_limited;
    default: return status >= 500 ? ErrorKind::server : ErrorKind::unexpected_status;
    }
}

std::string message_without_server(int status) {
    constexpr int not_modified = 304;
    if (status == not_modified) {
        return "the server answered 304 Not Modified to a request without conditions, as a broken cache on the way may "
               "do";
    }
    if (status >= 300 && status < 400) {
        return "the server redirects, which is not followed so that the API key goes nowhere else; check base_url";
    }
    return "the server answered HTTP " + std::to_string(status) + " without a message";
}

/// What stands in front of the service lost its answer: 502, 504, and what Cloudflare has of its own.
bool is_of_gateway(int status) noexcept { return status == 502 || status == 504 || (status >= 520 && status <= 524); }

} // namespace

Judgement judge(const OperationRequest& request, int status, bool was_answer_lost) noexcept {
    constexpr int not_found = 404;
    constexpr int too_many_requests = 429;
    constexpr int first_server_error = 500;
    if (status >= 200 && status < 300) return {Verdict::success};
    if (status == not_found && request.method == HttpMethod::delete_ && was_answer_lost) {
        return {Verdict::already_gone};
    }
    if (status == too_many_requests) return {Verdict::limited};
    const RepeatAfter repeat = repeat_after(status);
    const bool may_repeat = repeat == RepeatAfter::always ||
                            (repeat == RepeatAfter::if_idempotent && request.safety == RetrySafety::repeatable);
    return {may_repeat ? Verdict::retry : Verdict::failure, status >= first_server_error, is_of_gateway(status)};
}

Judgement judge(const OperationRequest& request, const TransportError& failure) noexcept {
    const bool may_pass = failure.kind == ErrorKind::network || failure.kind == ErrorKind::timeout;
    const bool may_repeat = may_pass && (!failure.request_sent || request.safety == RetrySafety::repeatable);
    return {may_repeat ? Verdict::retry : Verdict::failure, failure.request_sent, failure.request_sent};
}

Error error_of(const OperationRequest& request, const HttpResponse& response, ServerMessage said,
               std::chrono::system_clock::time_point calendar_now) {
    Error error{.kind = kind_of(response.status, said.message), .message = std::move(said.message)};
    if (error.message.empty()) error.message = message_without_server(response.status);
    if (error.kind == ErrorKind::gone && !request.replacement.empty()) {
        error.message.append(" (the service has retired this operation: ").append(request.replacement).append(")");
    }
    error.fields = std::move(said.fields);
    error.http_status = response.status;
    error.retry_after = retry_after(response.headers, calendar_now);
    return error;
}

} // namespace fathom::detail
