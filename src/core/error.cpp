#include <fathom/error.hpp>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <utility>

#include <fathom/result.hpp>

#include "../text/plain_text.hpp"
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
    case ErrorKind::proxy: return "proxy";
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
    constexpr std::size_t longest_name = 80;
    constexpr std::size_t longest_message = 600;
    constexpr std::size_t longest_field_message = 300;
    constexpr std::size_t most_fields = 8;
    std::string text;
    if (!operation.empty()) text.append(detail::one_line(operation, longest_name)).append(": ");
    text.append(fathom::to_string(kind));
    if (http_status != 0) text.append(" (HTTP ").append(std::to_string(http_status)).append(")");
    const std::string shown = detail::one_line(message, longest_message);
    if (!shown.empty()) text.append(": ").append(shown);
    for (std::size_t i = 0; i < std::min(fields.size(), most_fields); ++i) {
        const std::string said = detail::one_line(fields[i].message, longest_field_message);
        if (shown.find(said) != std::string::npos) continue;
        text.append("; ").append(detail::one_line(fields[i].field, longest_name)).append(": ").append(said);
    }
    if (fields.size() > most_fields) {
        text.append("; and ").append(std::to_string(fields.size() - most_fields)).append(" more fields");
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
