/// @file
/// What a client does as spans and metrics of OpenTelemetry.
///
/// Not included by <fathom/fathom.hpp>, and nothing of the library needs it: whoever includes it brings opentelemetry-cpp, of
/// which the interface is enough. Version 1.19 is tried.
///
/// @code
/// const fathom::Client client{{.api_key = "...", .observer = fathom::opentelemetry_observer()}};
/// @endcode
#pragma once

#include <fathom/detail/language.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <opentelemetry/context/context.h>
#include <opentelemetry/context/runtime_context.h>
#include <opentelemetry/metrics/meter.h>
#include <opentelemetry/metrics/meter_provider.h>
#include <opentelemetry/metrics/provider.h>
#include <opentelemetry/metrics/sync_instruments.h>
#include <opentelemetry/trace/context.h>
#include <opentelemetry/trace/provider.h>
#include <opentelemetry/trace/tracer.h>
#include <opentelemetry/trace/tracer_provider.h>

#include <fathom/observer.hpp>
#include <fathom/version.hpp>

namespace fathom::detail {

namespace otel = opentelemetry;

/// Finds the parent of a call's span in a CallOptions::context by its type. It does not hold the span, which may end before.
struct SpanParent {
    otel::trace::SpanContext span;
    void operator()(const void* /*to nothing that could go*/) const noexcept {}
};

/// May be told of by several clients at once.
class OpenTelemetryObserver final : public Observer {
public:
    OpenTelemetryObserver(otel::trace::TracerProvider& tracers, otel::metrics::MeterProvider& meters)
        : tracer_(tracers.GetTracer("fathom", version)), meter_(meters.GetMeter("fathom", version)),
          attempts_(
              meter_->CreateDoubleHistogram("http.client.request.duration", "Duration of HTTP client requests.", "s")),
          waits_(meter_->CreateDoubleHistogram("fathom.client.limit.wait.duration",
                                               "Duration of waits for the rate limit.", "s")),
          retries_(
              meter_->CreateUInt64Counter("fathom.client.retries", "Failed attempts that are repeated.", "{retry}")) {}

    /// Never null, so that later calls of a list do not ask on whatever thread makes them.
    [[nodiscard]] static std::shared_ptr<const void> parent_in(const otel::context::Context& context) {
        static constexpr char place = 0;
        return {&place, SpanParent{otel::trace::GetSpan(context)->GetContext()}};
    }
    [[nodiscard]] std::shared_ptr<const void> caller_context() const override {
        return parent_in(otel::context::RuntimeContext::GetCurrent());
    }

    void call_started(const CallStarted& event) override {
        const auto* const parent = std::get_deleter<SpanParent>(event.call.context);
        otel::trace::StartSpanOptions options;
        options.parent = below(parent != nullptr ? parent->span : otel::trace::SpanContext::GetInvalid());
        const Attributes all = event.call.attributes();
        Span span = tracer_->StartSpan(text(event.call.operation),
                                       chosen(all, {"url.template", "server.address", "server.port", "fathom.site.id"}),
                                       options);
        const std::scoped_lock lock(mutex_);
        spans_.insert_or_assign(key_of(event.call), std::move(span));
    }

    void limiter_wait_started(const LimiterWaitStarted& event) override {
        add_event(event.call, "fathom.limit.wait_started", {{"fathom.limit.expected_wait", seconds(event.expected)}});
    }

    void limiter_waited(const LimiterWaited& event) override {
        add_event(event.call, "fathom.limit.waited", {{"fathom.limit.wait", seconds(event.duration)}});
        waits_->Record(seconds(event.duration), Values{{"fathom.limit.group", text(to_string(event.call.limit_group))}},
                       within(span_of(event.call)));
    }

    /// Makes the span of an attempt, which is over: another call may have taken it on since it began.
    void attempt_ended(const AttemptEnded& event) override {
        const Span call = span_of(event.call);
        otel::trace::StartSpanOptions options;
        options.kind = otel::trace::SpanKind::kClient;
        options.parent = below(call ? call->GetContext() : otel::trace::SpanContext::GetInvalid());
        options.start_system_time =
            otel::common::SystemTimestamp(std::chrono::system_clock::now().time_since_epoch() - event.duration);
        options.start_steady_time =
            otel::common::SteadyTimestamp(std::chrono::steady_clock::now().time_since_epoch() - event.duration);
        std::string name(to_string(event.call.method));
        if (!event.call.url_template.empty()) name.append(" ").append(event.call.url_template);
        const Attributes all = event.attributes();
        const Span span = tracer_->StartSpan(
            name,
            chosen(all, {"http.request.method", "http.request.resend_count", "http.response.status_code",
                         "http.response.body.size", "url.full", "url.template", "server.address", "server.port",
                         "error.type", "fathom.site.id"}),
            options);
        constexpr int first_error = 400;
        if (event.error_type || event.status >= first_error) span->SetStatus(otel::trace::StatusCode::kError);
        span->End();
        attempts_->Record(seconds(event.duration),
                          chosen(all, {"http.request.method", "http.response.status_code", "url.template",
                                       "server.address", "server.port", "error.type"}),
                          within(span));
    }

    void retry_scheduled(const RetryScheduled& event) override {
        const Values reason{{"error.type", text(to_string(event.reason))}};
        add_event(event.call, "fathom.retry", {reason.front(), {"fathom.retry.pause", seconds(event.pause)}});
        retries_->Add(1, reason, within(span_of(event.call)));
    }

    void drift_found(const DriftFound& event) override {
        add_event(event.call, "fathom.drift", {{"fathom.drift.path", text(event.path)}});
    }

    void call_ended(const CallEnded& event) override {
        const auto ended = [&] {
            const std::scoped_lock lock(mutex_);
            return spans_.extract(key_of(event.call));
        }();
        if (ended.empty()) return;
        const Span& span = ended.mapped();
        span->SetAttribute("fathom.call.attempts", event.attempts);
        if (event.error_type) {
            span->SetAttribute("error.type", text(to_string(*event.error_type)));
            span->SetStatus(otel::trace::StatusCode::kError);
        }
        span->End();
    }

private:
    using Span = otel::nostd::shared_ptr<otel::trace::Span>;
    using Text = otel::nostd::string_view;
    using Values = std::vector<std::pair<Text, otel::common::AttributeValue>>;
    using Histogram = otel::metrics::Histogram<double>;
    using Key = std::pair<const void*, std::uint64_t>;

    /// Ids are a client's own, and so is the place of the address that its events show.
    [[nodiscard]] static Key key_of(const ObservedCall& call) { return {call.base_url.data(), call.id}; }
    [[nodiscard]] static Text text(std::string_view text) { return {text.data(), text.size()}; }
    [[nodiscard]] static double seconds(std::chrono::duration<double> duration) { return duration.count(); }

    /// Without a parent it is a root, whatever span is active on the thread that the hook runs on.
    [[nodiscard]] static decltype(otel::trace::StartSpanOptions::parent) below(const otel::trace::SpanContext& parent) {
        if (parent.IsValid()) return parent;
        return otel::context::Context(otel::trace::kIsRootSpanKey, true);
    }
    /// For a metric: the span that an example of it is to show.
    [[nodiscard]] static otel::context::Context within(const Span& span) {
        if (!span) return {};
        return {otel::trace::kSpanKey, span};
    }

    /// Some of the attributes, which must outlive what they are made into, with numbers as numbers. No URL with its query, which
    /// may have what visitors or users wrote.
    [[nodiscard]] static Values chosen(const Attributes& all, std::initializer_list<std::string_view> names) {
        Values values;
        for (const auto& [name, value] : all) {
            if (std::ranges::find(names, name) == names.end()) continue;
            const bool is_number =
                name == "server.port" || name.ends_with("_code") || name.ends_with("_count") || name.ends_with(".size");
            if (is_number) {
                values.emplace_back(text(name), std::int64_t{std::strtoll(value.c_str(), nullptr, 10)});
            } else {
                values.emplace_back(text(name), text(std::string_view(value).substr(0, value.find('?'))));
            }
        }
        return values;
    }

    [[nodiscard]] Span span_of(const ObservedCall& call) {
        const std::scoped_lock lock(mutex_);
        const auto found = spans_.find(key_of(call));
        return found != spans_.end() ? found->second : Span();
    }
    void add_event(const ObservedCall& call, const char* name, const Values& values) {
        if (const Span span = span_of(call)) span->AddEvent(name, values);
    }

    const otel::nostd::shared_ptr<otel::trace::Tracer> tracer_;
    const otel::nostd::shared_ptr<otel::metrics::Meter> meter_;
    const otel::nostd::unique_ptr<Histogram> attempts_;
    const otel::nostd::unique_ptr<Histogram> waits_;
    const otel::nostd::unique_ptr<otel::metrics::Counter<std::uint64_t>> retries_;
    std::mutex mutex_{};
    std::map<Key, Span> spans_{}; ///< Of the calls that are under way.
};

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// An observer that makes spans and metrics, named by OpenTelemetry's conventions for HTTP clients. Hooks wait for what the
/// providers do with these, so give them processors that work in batches.
///
/// - A span for each call (`getSite`), below the span that is active on the thread that makes it, an asynchronous one too. It
///   begins with the call, so it shows waits for the limit, retries and drift, as events.
/// - Below it a client span for each attempt (`GET /sites/{site_id}`): a call that gets a kept or shared answer has none.
/// - `http.client.request.duration` of each attempt, `fathom.client.limit.wait.duration` of each wait, in seconds, and
///   `fathom.client.retries`.
///
/// They hold no key, no body and no query of a URL. One observer may serve several clients. The default providers are those
/// that are set when this is called.
[[nodiscard]] inline std::shared_ptr<Observer>
opentelemetry_observer(const opentelemetry::nostd::shared_ptr<opentelemetry::trace::TracerProvider>& tracers =
                           opentelemetry::trace::Provider::GetTracerProvider(),
                       const opentelemetry::nostd::shared_ptr<opentelemetry::metrics::MeterProvider>& meters =
                           opentelemetry::metrics::Provider::GetMeterProvider()) {
    return std::make_shared<detail::OpenTelemetryObserver>(*tracers, *meters);
}

/// A CallOptions::context by which opentelemetry_observer() puts a call's span below the span of a context that is not the
/// active one: in a coroutine that goes on on other threads, say. A context of another kind makes the call's span a root.
[[nodiscard]] inline std::shared_ptr<const void> opentelemetry_parent(const opentelemetry::context::Context& context) {
    return detail::OpenTelemetryObserver::parent_in(context);
}

} // namespace fathom::inline v0_2
