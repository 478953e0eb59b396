#include <fathom/observer.hpp>

#include <algorithm>

namespace fathom::inline v0_2 {

namespace {

void append_outcome(Attributes& attributes, int status, std::optional<ErrorKind> error) {
    if (status != 0) attributes.emplace_back("http.response.status_code", std::to_string(status));
    if (error) attributes.emplace_back("error.type", std::string(to_string(*error)));
}

void append_resend(Attributes& attributes, int attempt) {
    if (attempt > 1) attributes.emplace_back("http.request.resend_count", std::to_string(attempt - 1));
}

/// The host of an address that was checked, without its port.
std::string host_of(std::string_view base_url) {
    base_url.remove_prefix(std::min(base_url.size(), base_url.find("://") + 3));
    base_url = base_url.substr(0, base_url.find('/'));
    const bool is_ipv6 = base_url.starts_with('[');
    return std::string(is_ipv6 ? base_url.substr(1, base_url.find(']') - 1) : base_url.substr(0, base_url.find(':')));
}

} // namespace

Attributes ObservedCall::attributes() const {
    Attributes attributes{{"http.request.method", std::string(to_string(method))}, {"url.path", std::string(url_path)}};
    if (!url_query.empty()) attributes.emplace_back("url.query", std::string(url_query));
    if (!base_url.empty()) attributes.emplace_back("server.address", host_of(base_url));
    if (!site.empty()) attributes.emplace_back("fathom.site.id", std::string(site));
    return attributes;
}

Attributes AttemptStarted::attributes() const {
    Attributes attributes = call.attributes();
    append_resend(attributes, attempt);
    if (request_body_size > 0) attributes.emplace_back("http.request.body.size", std::to_string(request_body_size));
    return attributes;
}

Attributes AttemptEnded::attributes() const {
    Attributes attributes = call.attributes();
    append_resend(attributes, attempt);
    append_outcome(attributes, status, error_type);
    if (status != 0) attributes.emplace_back("http.response.body.size", std::to_string(response_body_size));
    return attributes;
}

Attributes CallEnded::attributes() const {
    Attributes attributes = call.attributes();
    append_resend(attributes, attempts);
    append_outcome(attributes, status, error_type);
    return attributes;
}

Observer::~Observer() = default;
void Observer::call_started(const CallStarted&) {}
void Observer::limiter_wait_started(const LimiterWaitStarted&) {}
void Observer::limiter_waited(const LimiterWaited&) {}
void Observer::attempt_started(const AttemptStarted&) {}
void Observer::attempt_ended(const AttemptEnded&) {}
void Observer::retry_scheduled(const RetryScheduled&) {}
void Observer::drift_found(const DriftFound&) {}
void Observer::call_ended(const CallEnded&) {}
bool Observer::wants_bodies() const noexcept { return false; }

} // namespace fathom::inline v0_2
