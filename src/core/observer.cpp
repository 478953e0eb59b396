#include <fathom/observer.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace fathom::inline v0_2 {

namespace {

void append_outcome(Attributes& attributes, int status, std::optional<ErrorKind> error) {
    if (status != 0) attributes.emplace_back("http.response.status_code", std::to_string(status));
    if (error) attributes.emplace_back("error.type", std::string(to_string(*error)));
}

void append_resend(Attributes& attributes, int attempt) {
    if (attempt > 1) attributes.emplace_back("http.request.resend_count", std::to_string(attempt - 1));
}

/// The parts of an address that was checked.
struct Address {
    explicit Address(std::string_view base_url) {
        const std::size_t scheme_end = std::min(base_url.size(), base_url.find("://") + 3);
        scheme = base_url.substr(0, scheme_end);
        base_url.remove_prefix(scheme_end);
        const std::string_view authority = base_url.substr(0, base_url.find('/'));
        const std::string_view place = authority.substr(authority.rfind('@') + 1); // from the start where there is none
        below_credentials = base_url.substr(authority.size() - place.size());
        const std::size_t host_end = place.starts_with('[') ? place.find(']') : place.find(':');
        host = place.starts_with('[') ? place.substr(1, host_end - 1) : place.substr(0, host_end);
        const std::size_t colon = place.rfind(':');
        const bool has_port = colon != std::string_view::npos && (!place.starts_with('[') || colon > host_end);
        port = has_port ? place.substr(colon + 1) : scheme == "http://" ? "80" : "443";
    }

    std::string_view scheme;            ///< With "://".
    std::string_view below_credentials; ///< All that follows.
    std::string_view host;
    std::string_view port;
};

void append_address(Attributes& attributes, const ObservedCall& call) {
    if (call.base_url.empty()) return;
    const Address address(call.base_url);
    std::string full(address.scheme);
    full.append(address.below_credentials).append(call.url_path);
    if (!call.url_query.empty()) full.append("?").append(call.url_query);
    attributes.emplace_back("url.full", std::move(full));
    attributes.emplace_back("server.address", std::string(address.host));
    attributes.emplace_back("server.port", std::string(address.port));
}

} // namespace

Attributes ObservedCall::attributes() const {
    Attributes attributes{{"http.request.method", std::string(to_string(method))}, {"url.path", std::string(url_path)}};
    if (!url_query.empty()) attributes.emplace_back("url.query", std::string(url_query));
    if (!url_template.empty()) attributes.emplace_back("url.template", std::string(url_template));
    append_address(attributes, *this);
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
    constexpr int first_error = 400;
    if (!error_type && status >= first_error) attributes.emplace_back("error.type", std::to_string(status));
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
std::shared_ptr<const void> Observer::caller_context() const { return nullptr; }
bool Observer::wants_bodies() const noexcept { return false; }

} // namespace fathom::inline v0_2
