#include "judge.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "../json/json.hpp"
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
    if (status >= 300 && status < 400) {
        return "the server redirects, which is not followed so that the API key goes nowhere else; check base_url";
    }
    return "the server answered HTTP " + std::to_string(status) + " without a message";
}

} // namespace

Verdict judge(const OperationRequest& request, int status, bool may_have_been_done) noexcept {
    if (status >= 200 && status < 300) return Verdict::success;
    if (status == 404 && request.method == HttpMethod::delete_ && may_have_been_done) return Verdict::success;
    switch (repeat_after(status)) {
    case RepeatAfter::always: return Verdict::retry;
    case RepeatAfter::if_idempotent:
        return request.safety == RetrySafety::repeatable ? Verdict::retry : Verdict::failure;
    case RepeatAfter::never: break;
    }
    return Verdict::failure;
}

Verdict judge(const OperationRequest& request, const TransportError& failure) noexcept {
    if (failure.kind != ErrorKind::network && failure.kind != ErrorKind::timeout) return Verdict::failure;
    return !failure.request_sent || request.safety == RetrySafety::repeatable ? Verdict::retry : Verdict::failure;
}

Error error_of(const OperationRequest& request, const HttpResponse& response,
               std::chrono::system_clock::time_point calendar_now) {
    json::ServerMessage said = json::decode_error(response.body);
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
