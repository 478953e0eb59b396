#include "call_log.hpp"

#include <utility>

namespace fathom::detail {

CallLog::CallLog(std::shared_ptr<Observer> observer, std::string base_url, std::shared_ptr<const Secrets> secrets)
    : observer_(std::move(observer)), base_url_(std::move(base_url)), secrets_(std::move(secrets)),
      wants_bodies_(observer_ && observer_->wants_bodies()) {}

ObservedCall CallLog::observed(const Call& call) const {
    const std::string_view target = call.request.target;
    const std::size_t path_length = std::min(target.find('?'), target.size());
    return {.id = call.sequence,
            .operation = call.request.operation,
            .method = call.request.method,
            .url_path = target.substr(0, path_length),
            .url_query = path_length < target.size() ? target.substr(path_length + 1) : std::string_view(),
            .url_template = call.request.path_template,
            .limit_group = call.request.group,
            .base_url = base_url_,
            .site = call.request.subject.site,
            .context = call.context};
}

void CallLog::tell(const auto& event) const noexcept {
    if (!observer_) return;
    try {
        event(*observer_);
    } catch (...) { // NOLINT(bugprone-empty-catch): the observer's loss
    }
}

void CallLog::started(const Call& call) noexcept {
    tell([&](Observer& observer) { observer.call_started({observed(call)}); });
}

void CallLog::queued(Call& call, TimePoint now) noexcept { call.progress.queued_at = now; }

void CallLog::sent(Call& call, TimePoint now) noexcept {
    call.progress.sent_at = now;
    tell([&](Observer& observer) {
        if (now > call.progress.queued_at) observer.limiter_waited({observed(call), now - call.progress.queued_at});
    });
    const std::string& body = call.request.body;
    tell([&](Observer& observer) {
        observer.attempt_started({.call = observed(call),
                                  .attempt = call.progress.attempts,
                                  .request_body_size = body.size(),
                                  .request_body = wants_bodies_ ? std::string_view(body) : std::string_view()});
    });
}

void CallLog::answered(const Call& call, const HttpResponse& response, TimePoint now) noexcept {
    tell([&](Observer& observer) {
        observer.attempt_ended({.call = observed(call),
                                .attempt = call.progress.attempts,
                                .status = response.status,
                                .duration = now - call.progress.sent_at,
                                .response_body_size = response.body.size(),
                                .response_body = wants_bodies_ ? std::string_view(response.body) : std::string_view()});
    });
}

void CallLog::unanswered(const Call& call, ErrorKind reason, TimePoint now) noexcept {
    tell([&](Observer& observer) {
        observer.attempt_ended({.call = observed(call),
                                .attempt = call.progress.attempts,
                                .error_type = reason,
                                .duration = now - call.progress.sent_at});
    });
}

void CallLog::retry_scheduled(const Call& call, std::chrono::nanoseconds pause) noexcept {
    tell([&](Observer& observer) {
        observer.retry_scheduled({observed(call), call.progress.attempts, call.progress.last_error->kind, pause});
    });
}

void CallLog::wait_started(const Call& call, std::chrono::nanoseconds expected,
                           std::chrono::system_clock::time_point calendar_now, const LimitPace& pace) noexcept {
    tell([&](Observer& observer) {
        observer.limiter_wait_started(
            {.call = observed(call),
             .expected = expected,
             .expected_until = calendar_now + std::chrono::ceil<std::chrono::system_clock::duration>(expected),
             .pace = pace});
    });
}

void CallLog::drift(const Call& call, const DriftLog& drift) noexcept {
    tell([&](Observer& observer) {
        for (const Drift& one : drift.kept()) {
            const std::string path = secrets_->hidden_in(one.path);
            const std::string found = secrets_->hidden_in(one.found);
            observer.drift_found({.call = observed(call), .path = path, .found = found});
        }
    });
}

void CallLog::ended(const Call& call, const Result<HttpResponse>& outcome, TimePoint now) noexcept {
    tell([&](Observer& observer) {
        const std::optional<ErrorKind> error = outcome ? call.unreadable : std::optional(outcome.error().kind);
        observer.call_ended({.call = observed(call),
                             .attempts = call.progress.attempts,
                             .status = outcome ? outcome->status : outcome.error().http_status,
                             .error_type = error,
                             .duration = now - call.started_at});
    });
}

} // namespace fathom::detail
