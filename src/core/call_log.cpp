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
            .limit_group = call.request.group,
            .base_url = base_url_,
            .site = call.request.subject.site,
            .context = call.context};
}

void CallLog::started(const Call& call) {
    if (!observer_) return;
    const ObservedCall which = observed(call);
    observer_->call_started({which});
}

void CallLog::queued(Call& call, TimePoint now) {
    if (observer_) call.progress.queued_at = now;
}

void CallLog::wait_started(const Call& call, std::chrono::nanoseconds expected,
                           std::chrono::system_clock::time_point calendar_now) {
    if (!observer_) return;
    const ObservedCall which = observed(call);
    observer_->limiter_wait_started(
        {.call = which,
         .expected = expected,
         .expected_until = calendar_now + std::chrono::ceil<std::chrono::system_clock::duration>(expected)});
}

void CallLog::sent(Call& call, TimePoint now) {
    if (!observer_) return;
    call.progress.sent_at = now;
    const ObservedCall which = observed(call);
    if (now > call.progress.queued_at) observer_->limiter_waited({which, now - call.progress.queued_at});
    const std::string& body = call.request.body;
    observer_->attempt_started({.call = which,
                                .attempt = call.progress.attempts,
                                .request_body_size = body.size(),
                                .request_body = wants_bodies_ ? std::string_view(body) : std::string_view()});
}

void CallLog::answered(const Call& call, const HttpResponse& response, TimePoint now) {
    if (!observer_) return;
    observer_->attempt_ended({.call = observed(call),
                              .attempt = call.progress.attempts,
                              .status = response.status,
                              .duration = now - call.progress.sent_at,
                              .response_body_size = response.body.size(),
                              .response_body = wants_bodies_ ? std::string_view(response.body) : std::string_view()});
}

void CallLog::unanswered(const Call& call, ErrorKind reason, TimePoint now) {
    if (!observer_) return;
    observer_->attempt_ended({.call = observed(call),
                              .attempt = call.progress.attempts,
                              .error_type = reason,
                              .duration = now - call.progress.sent_at});
}

void CallLog::retry_scheduled(const Call& call, std::chrono::nanoseconds pause) {
    if (!observer_) return;
    observer_->retry_scheduled({observed(call), call.progress.attempts, call.progress.last_error->kind, pause});
}

void CallLog::drift(const Call& call, const DriftLog& drift) {
    if (!observer_) return;
    const ObservedCall which = observed(call);
    for (const Drift& one : drift.kept()) {
        const std::string path = secrets_->hidden_in(one.path);
        const std::string found = secrets_->hidden_in(one.found);
        observer_->drift_found({.call = which, .path = path, .found = found});
    }
}

void CallLog::ended(const Call& call, const Result<HttpResponse>& outcome, TimePoint now) {
    if (!observer_) return;
    const std::optional<ErrorKind> error = outcome ? call.unreadable : std::optional(outcome.error().kind);
    observer_->call_ended({.call = observed(call),
                           .attempts = call.progress.attempts,
                           .status = outcome ? outcome->status : outcome.error().http_status,
                           .error_type = error,
                           .duration = now - call.started_at});
}

} // namespace fathom::detail
