#include <fathom/error.hpp>

#include <ostream>
#include <utility>

#include <fathom/result.hpp>

#include "retry_table.hpp"

namespace fathom::inline v0_2 {

std::string_view to_string(ErrorKind kind) noexcept {
    switch (kind) {
    case ErrorKind::invalid_argument: return "invalid_argument";
    case ErrorKind::unauthorized: return "unauthorized";
    case ErrorKind::forbidden: return "forbidden";
    case ErrorKind::not_found: return "not_found";
    case ErrorKind::gone: return "gone";
    case ErrorKind::bad_request: return "bad_request";
    case ErrorKind::unprocessable: return "unprocessable";
    case ErrorKind::rate_limited: return "rate_limited";
    case ErrorKind::server: return "server";
    case ErrorKind::network: return "network";
    case ErrorKind::tls: return "tls";
    case ErrorKind::timeout: return "timeout";
    case ErrorKind::cancelled: return "cancelled";
    case ErrorKind::decode: return "decode";
    case ErrorKind::response_too_large: return "response_too_large";
    case ErrorKind::pagination: return "pagination";
    case ErrorKind::truncated: return "truncated";
    case ErrorKind::unexpected_status: return "unexpected_status";
    case ErrorKind::would_deadlock: return "would_deadlock";
    case ErrorKind::internal: return "internal";
    }
    return "unknown";
}

bool Error::is_transient() const noexcept {
    if (may_have_taken_effect && !is_idempotent) return false;
    switch (kind) {
    case ErrorKind::server: return http_status == 0 || detail::repeat_after(http_status) != detail::RepeatAfter::never;
    case ErrorKind::rate_limited:
    case ErrorKind::network:
    case ErrorKind::timeout: return true;
    default: return false;
    }
}

std::string Error::to_string() const {
    std::string text;
    if (!operation.empty()) text.append(operation).append(": ");
    text.append(fathom::to_string(kind));
    if (http_status != 0) text.append(" (HTTP ").append(std::to_string(http_status)).append(")");
    if (!message.empty()) text.append(": ").append(message);
    for (const FieldError& field : fields) {
        if (message.find(field.message) != std::string::npos) continue;
        text.append("; ").append(field.field).append(": ").append(field.message);
    }
    if (may_have_taken_effect && !is_idempotent) text.append("; it may have taken effect: look before you repeat it");
    if (attempts > 1) text.append(" [after ").append(std::to_string(attempts)).append(" attempts]");
    return text;
}

std::ostream& operator<<(std::ostream& out, const Error& error) { return out << error.to_string(); }

Error invalid_argument(std::string field, std::string message) {
    Error error{.kind = ErrorKind::invalid_argument, .message = field + ": " + message};
    error.fields.push_back({std::move(field), std::move(message)});
    return error;
}

Exception::Exception(Error error) : std::runtime_error(error.to_string()), error_(std::move(error)) {}

const Error& Exception::error() const noexcept { return error_; }

} // namespace fathom::inline v0_2

namespace fathom::detail {

void throw_error(const Error& error) { throw Exception(error); }

} // namespace fathom::detail
