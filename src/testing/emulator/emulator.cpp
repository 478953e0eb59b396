#include <fathom/testing/emulator.hpp>

#include <optional>

#include "api.hpp"
#include "fault_board.hpp"
#include "http_server.hpp"
#include "limit_counter.hpp"
#include "seeding.hpp"
#include "stop_signal.hpp"

namespace fathom::testing {

class Emulator::Implementation {
public:
    explicit Implementation(const EmulatorOptions& options)
        : host{options.host}, api_key{options.api_key}, latency{options.latency},
          gate{options.limits.concurrency.requests}, api{options},
          server{options.host, options.port, [this](const auto& request) { return deliver(request); }, stop} {}

    // The server ends first, as the last member; nobody must sleep then.
    ~Implementation() { stop.raise(); }

    Implementation(const Implementation&) = delete;
    Implementation& operator=(const Implementation&) = delete;

    const std::string host;
    const std::string api_key;
    const std::chrono::milliseconds latency;
    detail::ConcurrencyGate gate;
    detail::RequestLog log;
    detail::FaultBoard faults;
    detail::Api api;
    detail::StopSignal stop;
    detail::HttpServer server;

private:
    detail::Delivery deliver(const RecordedRequest& request) {
        const std::optional<Fault> fault = faults.take(request);
        using Pass = detail::ConcurrencyGate::Pass;
        const bool has_key = api.is_authorized(request);
        const Pass pass = has_key ? gate.enter() : Pass{nullptr};
        // Its fault is chosen and it is under way: whoever waits for it can rely on both.
        const std::size_t number = log.add(request);
        detail::Delivery delivery = has_key && !pass ? detail::Delivery{.answer = api.refusal_of_concurrency(request)}
                                                     : deliver(request, fault);
        if (delivery.ending != Ending::no_answer) log.answered(number, delivery.answer.status);
        return delivery;
    }

    detail::Delivery deliver(const RecordedRequest& request, const std::optional<Fault>& fault) {
        detail::Delivery delivery = fault ? spoil(*fault, request) : detail::Delivery{.answer = api.answer(request)};
        if (delivery.ending != Ending::no_answer && !sleep(latency)) return {.ending = Ending::no_answer};
        return delivery;
    }

    detail::Delivery spoil(const Fault& fault, const RecordedRequest& request) {
        if (!sleep(fault.delay)) return {.ending = Ending::no_answer};
        return {.answer = spoilt_answer(fault, request),
                .ending = fault.ending,
                .pause_inside_body = fault.pause_inside_body};
    }

    // false where the emulator ends.
    bool sleep(std::chrono::milliseconds time) { return time <= std::chrono::milliseconds::zero() || stop.sleep(time); }

    detail::Answer spoilt_answer(const Fault& fault, const RecordedRequest& request) {
        detail::Answer answer = fault.handling == Handling::done ? api.answer(request) : made_up_answer(fault, request);
        answer.status = fault.status.value_or(answer.status);
        answer.body = fault.body.value_or(answer.body);
        answer.content_type = fault.content_type.value_or(answer.content_type);
        answer.headers.insert(answer.headers.end(), fault.headers.begin(), fault.headers.end());
        return answer;
    }

    detail::Answer made_up_answer(const Fault& fault, const RecordedRequest& request) const {
        const int status = fault.status.value_or(fault.body ? 200 : 500);
        if (status == 204) return {.status = status};
        if (status < 400) return {.status = status, .body = "{}"};
        return api.dressed(detail::error_answer(status, detail::default_message(status)), request);
    }
};

namespace {

// Who listens on all addresses is reached at the machine's own, the only one that the library sends plain http to.
std::string reachable(const std::string& host) {
    if (host == "0.0.0.0" || host.empty()) return "127.0.0.1";
    if (host == "::" || host == "::0") return "[::1]";
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

} // namespace

Emulator::Emulator(const EmulatorOptions& options) : implementation_{std::make_unique<Implementation>(options)} {}
Emulator::~Emulator() = default;
Emulator::Emulator(Emulator&&) noexcept = default;
Emulator& Emulator::operator=(Emulator&&) noexcept = default;

std::string Emulator::base_url() const {
    return "http://" + reachable(implementation_->host) + ":" + std::to_string(port()).append(detail::base_path);
}

std::string Emulator::api_key() const { return implementation_->api_key; }

int Emulator::port() const { return implementation_->server.port(); }

void Emulator::set_now(std::chrono::sys_seconds now) { implementation_->api.set_now(now); }

std::string Emulator::add_site(const EmulatedSite& site) {
    return implementation_->api.with_service([&](auto& service) { return detail::add_site(service, site); });
}

std::string Emulator::add_event(std::string_view site_id, const EmulatedEvent& event) {
    return implementation_->api.with_service([&](auto& service) { return detail::add_event(service, site_id, event); });
}

std::string Emulator::add_milestone(std::string_view site_id, const EmulatedMilestone& milestone) {
    return implementation_->api.with_service(
        [&](auto& service) { return detail::add_milestone(service, site_id, milestone); });
}

void Emulator::add_pageviews(std::string_view site_id, const std::vector<EmulatedPageviews>& pageviews) {
    implementation_->api.with_service([&](auto& service) { detail::add_pageviews(service, site_id, pageviews); });
}

void Emulator::add_conversions(std::string_view site_id, std::string_view event_name,
                               const std::vector<EmulatedConversions>& conversions) {
    implementation_->api.with_service(
        [&](auto& service) { detail::add_conversions(service, site_id, event_name, conversions); });
}

void Emulator::set_current_visitors(std::string_view site_id, const std::vector<EmulatedVisitors>& visitors) {
    implementation_->api.with_service([&](auto& service) { detail::set_current_visitors(service, site_id, visitors); });
}

std::vector<std::string> Emulator::site_ids() const {
    return implementation_->api.with_service([](auto& service) { return detail::site_ids(service); });
}

void Emulator::inject(const Fault& fault, const FaultSchedule& schedule) {
    implementation_->faults.add(fault, schedule);
}

void Emulator::clear_faults() { implementation_->faults.clear(); }

void Emulator::drop_connections() { implementation_->server.drop_connections(); }

void Emulator::reset_limits() { implementation_->api.reset_limits(); }

std::vector<RecordedRequest> Emulator::requests(const RequestFilter& filter) const {
    return implementation_->log.find(filter);
}

std::size_t Emulator::request_count(const RequestFilter& filter) const { return implementation_->log.count(filter); }

bool Emulator::wait_for_requests(std::size_t count, std::chrono::milliseconds at_most,
                                 const RequestFilter& filter) const {
    return implementation_->log.wait_for(count, at_most, filter);
}

void Emulator::clear_requests() { implementation_->log.clear(); }

} // namespace fathom::testing
