/// @file
/// Observer: hooks that tell what a client does, for traces, metrics and logs.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/export.hpp>
#include <fathom/http.hpp>
#include <fathom/rate_limit.hpp>

namespace fathom::inline v0_2 {

/// Names and values as OpenTelemetry's conventions for HTTP clients have them: `http.request.method`, `error.type`, ….
using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// Which call an event is about. Views are valid while the hook runs.
struct FATHOM_EXPORT ObservedCall {
    std::uint64_t id = 0;                ///< The same in all events of a call; no two calls of a client share it.
    std::string_view operation{};        ///< `getSite`, …: the name of a span.
    HttpMethod method = HttpMethod::get; ///< `http.request.method`.
    std::string_view url_path{};         ///< `url.path`, below the API's root and encoded.
    std::string_view url_query{};        ///< `url.query`, encoded.
    /// `url.template`: the path with names for ids, `/sites/{site_id}`; empty for Client::request(). With the method it is
    /// what OpenTelemetry names a span by.
    std::string_view url_template{};
    LimitGroup limit_group = LimitGroup::resources; ///< Whose limit it counts towards.
    std::string_view base_url{};                    ///< The API's root: ClientOptions::base_url.
    std::string_view site{};                        ///< Id of the site that it is about; empty where it is about none.
    std::shared_ptr<const void> context{};          ///< CallOptions::context, or Observer::caller_context().

    /// The attributes by OpenTelemetry's names, those that it requires and what else is known: `server.address`,
    /// `server.port`, `url.full` (without credentials), `url.template`, …; the site as `fathom.site.id`.
    [[nodiscard]] Attributes attributes() const;

    /// Member-wise equality.
    friend bool operator==(const ObservedCall&, const ObservedCall&) = default;
    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ObservedCall& value);
};

/// A caller has made a call.
struct CallStarted {
    const ObservedCall& call; ///< Which.

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CallStarted& value);
};

/// A call has begun to wait for the rate limit.
struct LimiterWaitStarted {
    const ObservedCall& call;                               ///< Which.
    std::chrono::nanoseconds expected{};                    ///< How long it will wait, if nothing changes.
    std::chrono::system_clock::time_point expected_until{}; ///< When it will go then.
    LimitPace pace{}; ///< What the limiter has learnt: whether the call waits for more than a permit.

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const LimiterWaitStarted& value);
};

/// A call has waited for the rate limit, and goes on.
struct LimiterWaited {
    const ObservedCall& call;            ///< Which.
    std::chrono::nanoseconds duration{}; ///< How long.

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const LimiterWaited& value);
};

/// A request leaves.
struct FATHOM_EXPORT AttemptStarted {
    const ObservedCall& call;          ///< Of which call.
    int attempt = 1;                   ///< From 1; `http.request.resend_count` is one less.
    std::size_t request_body_size = 0; ///< `http.request.body.size`, bytes.
    std::string_view request_body{};   ///< Empty unless Observer::wants_bodies().

    /// The attributes by OpenTelemetry's names, those of the call included.
    [[nodiscard]] Attributes attributes() const;

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const AttemptStarted& value);
};

/// A request has been answered, has failed or was given up.
struct FATHOM_EXPORT AttemptEnded {
    const ObservedCall& call; ///< Of which call.
    int attempt = 1;          ///< From 1.
    int status = 0;           ///< `http.response.status_code`; 0 without an answer.
    std::optional<ErrorKind>
        error_type{}; ///< `error.type` where there was no answer; else it is a status of 400 or more.
    std::chrono::nanoseconds duration{}; ///< Since AttemptStarted: `http.client.request.duration`.
    std::size_t response_body_size = 0;  ///< `http.response.body.size`, bytes after decompression.
    std::string_view response_body{};    ///< Empty unless Observer::wants_bodies().

    /// The attributes by OpenTelemetry's names, those of the call included.
    [[nodiscard]] Attributes attributes() const;

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const AttemptEnded& value);
};

/// An attempt failed in a way that allows another one.
struct RetryScheduled {
    const ObservedCall& call;         ///< Of which call.
    int attempt = 1;                  ///< The one that failed.
    ErrorKind reason{};               ///< Why.
    std::chrono::nanoseconds pause{}; ///< Until the next may begin; a wait for the limit may come on top.

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const RetryScheduled& value);
};

/// What the service sent is not what this version of the library knows: something that it passed over, an operation that is
/// to go, or something that it needs, without which the call ends with ErrorKind::decode. Otherwise the call goes on, and
/// somebody should look before it fails. At most sixteen for an answer.
struct DriftFound {
    const ObservedCall& call; ///< Of which call.
    /// Where: the JSON path (`data[3].created_at`; empty for the answer as a whole), the header (`Deprecation`, `Sunset`),
    /// or `410`.
    std::string_view path{};
    /// What stood there, for people: one line, shortened, without the API key. It may hold what visitors or users wrote.
    std::string_view found{};

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const DriftFound& value);
};

/// The outcome of a call is there.
struct FATHOM_EXPORT CallEnded {
    const ObservedCall& call; ///< Which.
    int attempts = 0;         ///< Requests that were sent for it; 0 if none was needed or possible.
    int status = 0;           ///< `http.response.status_code` of the last answer; 0 without one.
    std::optional<ErrorKind>
        error_type{}; ///< `error.type`; not set on success. An answer that cannot be read is `decode`.
    std::chrono::nanoseconds duration{}; ///< Since CallStarted.

    /// The attributes by OpenTelemetry's names, those of the call included.
    [[nodiscard]] Attributes attributes() const;

    /// Writes it as JSON without bodies, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CallEnded& value);
};

/// Told what a client does. Derive from it and override what is wanted.
///
/// Hooks run one at a time, on whichever thread drives the client, and everything waits for them: they must be quick. A
/// blocking call of the same client in a hook is refused with ErrorKind::would_deadlock. Neither the API key nor any
/// header but `Deprecation` and `Sunset` reaches a hook; bodies do only if asked for. Each answer is read once more for the
/// observer, before its caller reads it, so that drift and the end of the call are told in order. A call that shares the answer of another one, or gets a kept
/// answer, has no attempts of its own; where the other one is cancelled, its attempt goes on in the name of the sharer.
class FATHOM_EXPORT Observer {
public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer();

    virtual void call_started(const CallStarted& event);                ///< See CallStarted.
    virtual void limiter_wait_started(const LimiterWaitStarted& event); ///< See LimiterWaitStarted.
    virtual void limiter_waited(const LimiterWaited& event);            ///< See LimiterWaited.
    virtual void attempt_started(const AttemptStarted& event);          ///< See AttemptStarted.
    virtual void attempt_ended(const AttemptEnded& event);              ///< See AttemptEnded.
    virtual void retry_scheduled(const RetryScheduled& event);          ///< See RetryScheduled.
    virtual void drift_found(const DriftFound& event);                  ///< See DriftFound.
    virtual void call_ended(const CallEnded& event);                    ///< See CallEnded.

    /// What events bring back as ObservedCall::context where CallOptions::context is empty: asked on the thread that makes a
    /// call, while the hooks run on another one, so that a call can be told to belong to what its caller is doing. May be
    /// asked on several threads at once. Of what makes several calls (a list, a history) it is asked once, or for each.
    [[nodiscard]] virtual std::shared_ptr<const void> caller_context() const;
    /// Whether the events carry bodies, which may hold names, passwords and figures. Asked once, by the client.
    [[nodiscard]] virtual bool wants_bodies() const noexcept;
};

} // namespace fathom::inline v0_2
