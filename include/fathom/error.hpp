/// @file
/// The one error type of the library.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/printing.hpp>

namespace fathom::inline v0_2 {

/// What went wrong, coarse enough to branch on. Read Error::message for the details.
enum class ErrorKind : std::uint8_t {
    invalid_argument, ///< Refused before any request left the process: Error::fields names what to fix.
    unauthorized,     ///< 401: the API key is missing, wrong or revoked.
    forbidden,        ///< 403, or 400 saying so: the key lacks the permission.
    not_found,        ///< 404: no such site, event or milestone, or the key does not reach it.
    gone,             ///< 410: the service has retired this operation; the message names what to use instead.
    bad_request,      ///< 400: the service refused the request; Error::fields may say which field.
    unprocessable,    ///< 422: each part is valid, but not together.
    rate_limited,     ///< The limit leaves no room before the deadline, or 429; Error::available_at says when it does.
    server,    ///< 5xx, 408 or 425: the service failed or did not take the request, after the retries that were safe.
    network,   ///< No connection, or it broke.
    tls,       ///< The server's certificate or the TLS handshake was refused.
    proxy,     ///< The proxy refused to pass the call on, for example since it wants a password; nothing was sent.
    timeout,   ///< The deadline of the call, or of its last attempt, passed.
    cancelled, ///< The caller asked the call to stop, or the client was destroyed.
    decode,    ///< The answer is not what the API promises; the message names the JSON path.
    response_too_large, ///< The answer is larger than ConnectionOptions::max_response_bytes.
    pagination,         ///< The server repeats itself: following it further would never end.
    truncated,          ///< A report was cut at its limit, so a conclusion that needs all rows cannot be drawn.
    unexpected_status,  ///< Any other HTTP status.
    would_deadlock,     ///< A blocking call in a continuation or hook, on the thread that would have to answer it.
    internal,           ///< A defect of this library or of a replaced part (transport, rate limiter).
};

/// The kind's name as it is spelled in C++, for example `"rate_limited"`.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(ErrorKind kind) noexcept;

/// What is wrong with one field of a request.
struct FieldError {
    std::string field;   ///< The field's name as the API spells it, for example `"share_password"`.
    std::string message; ///< What is wrong and how to fix it.

    /// Member-wise equality.
    friend bool operator==(const FieldError&, const FieldError&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const FieldError& value);
};

/// Why a call gave no value.
struct Error {
    ErrorKind kind = ErrorKind::internal; ///< Coarse category, to branch on.
    std::string message{};                ///< For people: the server's own message where it sent one.
    std::vector<FieldError> fields{};     ///< Per-field messages, from the checks before sending or from the server.
    int http_status = 0;                  ///< Status of the last answer; 0 where there was none.
    std::optional<std::chrono::seconds> retry_after{}; ///< The last answer's Retry-After header, if it had one.
    /// For ErrorKind::rate_limited: the earliest time at which the same call would have a chance.
    std::optional<std::chrono::system_clock::time_point> available_at{};
    int attempts = 0;        ///< Requests that were sent for this call; 0 if none left the process.
    std::string operation{}; ///< The operation's name, for example `"getSite"`.
    /// Whether the service may have done what a create, update or delete asked for, although the call failed: the request
    /// was sent, and no answer tells (or it cannot be read).
    bool may_have_taken_effect = false;
    /// Whether making the call twice does what making it once does; false for creates.
    bool is_idempotent = true;

    /// Whether the same call may be made again without any change and without harm, and may succeed then: after limits,
    /// outages and broken connections. Never true of a create that may have taken effect, since a second one would make
    /// two: list what there is, and compare, before creating again.
    [[nodiscard]] FATHOM_EXPORT bool is_transient() const noexcept;
    /// One line for a log, of at most 4 kB: operation, kind, status, message, the first fields, attempts. Whatever a server
    /// sent, it is valid UTF-8 without control characters, and holds neither the API key nor a proxy's password.
    [[nodiscard]] FATHOM_EXPORT std::string to_string() const;

    /// Member-wise equality.
    friend bool operator==(const Error&, const Error&) = default;
};

/// Writes error.to_string().
FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Error& error);

/// An Error of kind invalid_argument about one field.
/// @param field the field's name as the API spells it
/// @param message what is wrong and how to fix it
[[nodiscard]] FATHOM_EXPORT Error invalid_argument(std::string field, std::string message);

/// Thrown by Result::value() where there is none; carries the Error.
class FATHOM_EXPORT Exception : public std::runtime_error {
public:
    /// Wraps an error; what() gives error.to_string().
    explicit Exception(Error error);
    /// The error that was met.
    [[nodiscard]] const Error& error() const noexcept;

private:
    Error error_;
};

} // namespace fathom::inline v0_2
