// Spans and metrics, as OpenTelemetry's SDK keeps them in memory.
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <opentelemetry/exporters/memory/in_memory_metric_data.h>
#include <opentelemetry/exporters/memory/in_memory_metric_exporter_factory.h>
#include <opentelemetry/exporters/memory/in_memory_span_data.h>
#include <opentelemetry/exporters/memory/in_memory_span_exporter_factory.h>
#include <opentelemetry/sdk/metrics/meter_provider.h>
#include <opentelemetry/sdk/metrics/metric_reader.h>
#include <opentelemetry/sdk/metrics/push_metric_exporter.h>
#include <opentelemetry/sdk/trace/simple_processor_factory.h>
#include <opentelemetry/sdk/trace/tracer_provider.h>
#include <opentelemetry/trace/scope.h>

#include <fathom/opentelemetry.hpp>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
namespace memory = opentelemetry::exporter::memory;
namespace sdk = opentelemetry::sdk;
namespace trace = opentelemetry::trace;
using Values = std::map<std::string, std::string>; ///< Attributes, text in quotes and numbers without.
using SpanData = sdk::trace::SpanData;
using Spans = std::vector<std::unique_ptr<SpanData>>;

struct Written {
    std::string operator()(const std::string& text) const { return "'" + text + "'"; }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(const auto& number) const
        requires std::is_arithmetic_v<std::remove_cvref_t<decltype(number)>>
    {
        return (std::ostringstream() << number).str();
    }
    template <class T>
    std::string operator()(const std::vector<T>& list) const {
        return "a list of " + std::to_string(list.size());
    }
};
Values written(const auto& attributes) {
    Values values;
    for (const auto& [name, value] : attributes) values[name] = opentelemetry::nostd::visit(Written(), value);
    return values;
}
Values values_of(const auto& of) { return written(of.GetAttributes()); }
std::string name_of(const SpanData& span) { return {span.GetName().data(), span.GetName().size()}; }
bool is_root(const SpanData& span) { return !span.GetParentSpanId().IsValid(); }
std::string trace_of(const SpanData& span) {
    std::array<char, std::size_t{2} * trace::TraceId::kSize> digits{};
    span.GetTraceId().ToLowerBase16(opentelemetry::nostd::span<char, digits.size()>(digits));
    return {digits.data(), digits.size()};
}
bool is_below(const SpanData& span, const trace::SpanContext& parent) {
    return span.GetParentSpanId() == parent.span_id() && span.GetTraceId() == parent.trace_id();
}

/// Exports when it is flushed. The SDK's own readers have a thread, whose first export comes at any time.
class ReaderOnDemand final : public sdk::metrics::MetricReader {
public:
    explicit ReaderOnDemand(std::unique_ptr<sdk::metrics::PushMetricExporter> exporter)
        : exporter_(std::move(exporter)) {}

    [[nodiscard]] sdk::metrics::AggregationTemporality
    GetAggregationTemporality(sdk::metrics::InstrumentType type) const noexcept override {
        return exporter_->GetAggregationTemporality(type);
    }

private:
    bool OnForceFlush(std::chrono::microseconds /*timeout*/) noexcept override {
        return Collect([this](const sdk::metrics::ResourceMetrics& metrics) {
            return exporter_->Export(metrics) == sdk::common::ExportResult::kSuccess;
        });
    }
    bool OnShutDown(std::chrono::microseconds timeout) noexcept override { return exporter_->Shutdown(timeout); }

    std::unique_ptr<sdk::metrics::PushMetricExporter> exporter_;
};

class Telemetry : public ScriptedClient {
protected:
    [[nodiscard]] ClientOptions traced() const {
        ClientOptions traced = options();
        traced.base_url = "https://api.example.com/v1";
        traced.observer = observer;
        traced.retry.base_delay = 0ms;
        traced.limits.reports = {.requests = 1, .window = 60s};
        return traced;
    }

    /// The spans that have ended since this was asked last, in order of their ends.
    [[nodiscard]] Spans spans() const { return kept_spans->GetSpans(); }

    /// The one point of a metric, with its attributes.
    template <class Point>
    [[nodiscard]] std::pair<Values, Point> metric(const std::string& name) const {
        EXPECT_TRUE(meters->ForceFlush());
        const auto& points = kept_metrics->Get("fathom", name);
        EXPECT_EQ(points.size(), 1U) << name;
        if (points.empty()) return {};
        const auto& [attributes, point] = *points.begin();
        return {written(attributes), opentelemetry::nostd::get<Point>(point)};
    }

    std::shared_ptr<memory::InMemorySpanData> kept_spans{};
    std::shared_ptr<sdk::trace::TracerProvider> tracers =
        std::make_shared<sdk::trace::TracerProvider>(sdk::trace::SimpleSpanProcessorFactory::Create(
            memory::InMemorySpanExporterFactory::Create(kept_spans, 10'000)));
    std::shared_ptr<memory::SimpleAggregateInMemoryMetricData> kept_metrics =
        std::make_shared<memory::SimpleAggregateInMemoryMetricData>();
    std::shared_ptr<sdk::metrics::MeterProvider> meters = [this] {
        auto provider = std::make_shared<sdk::metrics::MeterProvider>();
        provider->AddMetricReader(
            std::make_shared<ReaderOnDemand>(memory::InMemoryMetricExporterFactory::Create(kept_metrics)));
        return provider;
    }();
    std::shared_ptr<Observer> observer = opentelemetry_observer(
        opentelemetry::nostd::shared_ptr<trace::TracerProvider>(std::shared_ptr<trace::TracerProvider>(tracers)),
        opentelemetry::nostd::shared_ptr<opentelemetry::metrics::MeterProvider>(
            std::shared_ptr<opentelemetry::metrics::MeterProvider>(meters)));
    opentelemetry::nostd::shared_ptr<trace::Tracer> tracer = tracers->GetTracer("test");
};

TEST_F(Telemetry, MakesASpanOfACallAndOneOfItsAttemptBelow) {
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(Client(traced())));
    const Spans made = spans();
    ASSERT_EQ(made.size(), 2U);
    const SpanData& attempt = *made[0];
    const SpanData& call = *made[1];
    EXPECT_EQ(name_of(call), "getSite");
    EXPECT_EQ(call.GetSpanKind(), trace::SpanKind::kInternal);
    EXPECT_EQ(name_of(attempt), "GET /sites/{site_id}");
    EXPECT_EQ(attempt.GetSpanKind(), trace::SpanKind::kClient);
    EXPECT_TRUE(is_root(call));
    EXPECT_TRUE(is_below(attempt, call.GetSpanContext()));
    EXPECT_EQ(call.GetStatus(), trace::StatusCode::kUnset);
    EXPECT_EQ(attempt.GetStatus(), trace::StatusCode::kUnset);
}

TEST_F(Telemetry, NamesAttributesByTheConventionsAndTellsNumbers) {
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(Client(traced())));
    const Spans made = spans();
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(values_of(*made[0]),
              (Values{{"http.request.method", "'GET'"},
                      {"http.response.status_code", "200"},
                      {"http.response.body.size", std::to_string(std::string_view(site_body).size())},
                      {"url.full", "'https://api.example.com/v1/sites/CDBUGS'"},
                      {"url.template", "'/sites/{site_id}'"},
                      {"server.address", "'api.example.com'"},
                      {"server.port", "443"},
                      {"fathom.site.id", "'CDBUGS'"}}));
    EXPECT_EQ(values_of(*made[1]), (Values{{"url.template", "'/sites/{site_id}'"},
                                           {"server.address", "'api.example.com'"},
                                           {"server.port", "443"},
                                           {"fathom.site.id", "'CDBUGS'"},
                                           {"fathom.call.attempts", "1"}}));
}

/// The names and attributes of spans.
std::string all_of(const Spans& spans) {
    std::string all;
    for (const auto& span : spans) {
        all.append(name_of(*span)).append("\n");
        for (const auto& [name, value] : values_of(*span)) all.append(name).append("=").append(value).append("\n");
    }
    return all;
}

TEST_F(Telemetry, HoldsNeitherKeyNorQuery) {
    transport->then({.body = "[]"});
    ASSERT_TRUE(Client(traced()).aggregations().pageviews(
        SiteId("CDBUGS"), {.aggregates = {PageviewMetric::visits}, .filters = {Field::pathname == "/secret-path"}}));
    const std::string all = all_of(spans());
    EXPECT_NE(all.find("'https://api.example.com/v1/aggregations'"), std::string::npos) << all;
    EXPECT_EQ(all.find("secret"), std::string::npos) << all; // in the filter, and in the key
    EXPECT_EQ(all.find('?'), std::string::npos) << all;
}

/// What tells one attempt from another; its status follows its error.
Values outcome_of(const SpanData& attempt) {
    Values values = values_of(attempt);
    std::erase_if(values, [](const auto& value) {
        return value.first != "error.type" && value.first != "http.request.resend_count" &&
               value.first != "http.response.status_code";
    });
    EXPECT_EQ(attempt.GetStatus() == trace::StatusCode::kError, values.contains("error.type"));
    return values;
}

TEST_F(Telemetry, TellsEachAttemptOfARetriedCall) {
    transport->then({.status = 503}).then_fail({}).then({.body = site_body});
    ASSERT_TRUE(get_site(Client(traced())));
    const Spans made = spans();
    ASSERT_EQ(made.size(), 4U); // with the call's
    const std::vector<Values> told{outcome_of(*made[0]), outcome_of(*made[1]), outcome_of(*made[2])};
    EXPECT_EQ(told, (std::vector<Values>{
                        {{"error.type", "'503'"}, {"http.response.status_code", "503"}},
                        {{"error.type", "'network'"}, {"http.request.resend_count", "1"}},
                        {{"http.response.status_code", "200"}, {"http.request.resend_count", "2"}},
                    }));
}

TEST_F(Telemetry, TellsRetriesAsEventsOfTheCall) {
    transport->then({.status = 503}).then_fail({}).then({.body = site_body});
    ASSERT_TRUE(get_site(Client(traced())));
    const Spans made = spans();
    ASSERT_EQ(made.size(), 4U);
    EXPECT_EQ(made[3]->GetStatus(), trace::StatusCode::kUnset);
    EXPECT_EQ(values_of(*made[3]).at("fathom.call.attempts"), "3");
    ASSERT_EQ(made[3]->GetEvents().size(), 2U);
    EXPECT_EQ(made[3]->GetEvents()[0].GetName(), "fathom.retry");
    EXPECT_EQ(values_of(made[3]->GetEvents()[0]).at("error.type"), "'server'");
}

TEST_F(Telemetry, CountsRetriesByTheirReason) {
    transport->then({.status = 503}).then({.status = 503}).then({.body = site_body});
    ASSERT_TRUE(get_site(Client(traced())));
    const auto [attributes, point] = metric<sdk::metrics::SumPointData>("fathom.client.retries");
    EXPECT_EQ(attributes, (Values{{"error.type", "'server'"}}));
    EXPECT_EQ(opentelemetry::nostd::get<std::int64_t>(point.value_), 2);
}

TEST_F(Telemetry, HasTheErrorOfACallThatFails) {
    transport->then({.status = 404});
    ASSERT_FALSE(get_site(Client(traced())));
    const Spans made = spans();
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(values_of(*made[0]).at("error.type"), "'404'");
    EXPECT_EQ(values_of(*made[1]).at("error.type"), "'not_found'");
    EXPECT_EQ(made[1]->GetStatus(), trace::StatusCode::kError);
}

TEST_F(Telemetry, MeasuresAttemptsInSeconds) {
    transport->then({.body = site_body, .latency = 250ms});
    ASSERT_TRUE(get_site(Client(traced())));
    const auto [attributes, point] = metric<sdk::metrics::HistogramPointData>("http.client.request.duration");
    EXPECT_EQ(attributes, (Values{{"http.request.method", "'GET'"},
                                  {"http.response.status_code", "200"},
                                  {"url.template", "'/sites/{site_id}'"},
                                  {"server.address", "'api.example.com'"},
                                  {"server.port", "443"}}));
    EXPECT_EQ(point.count_, 1U);
    EXPECT_DOUBLE_EQ(opentelemetry::nostd::get<double>(point.sum_), 0.25);
    const Spans made = spans();
    ASSERT_FALSE(made.empty());
    EXPECT_GE(made[0]->GetDuration(), 250ms);
    EXPECT_LT(made[0]->GetDuration(), 10s);
}

TEST_F(Telemetry, TellsWaitsForTheLimitApartFromAttempts) {
    transport->then({.body = R"({"total":1})", .latency = 1s}).then({.body = R"({"total":1})", .latency = 1s});
    const Client client(traced());
    ASSERT_TRUE(get_visitors(client));
    ASSERT_TRUE(get_visitors(client));
    const auto attempts = metric<sdk::metrics::HistogramPointData>("http.client.request.duration").second;
    EXPECT_DOUBLE_EQ(opentelemetry::nostd::get<double>(attempts.sum_), 2);
    const auto [group, waits] = metric<sdk::metrics::HistogramPointData>("fathom.client.limit.wait.duration");
    EXPECT_EQ(group, (Values{{"fathom.limit.group", "'reports'"}}));
    EXPECT_EQ(waits.count_, 1U);
    EXPECT_DOUBLE_EQ(opentelemetry::nostd::get<double>(waits.sum_), 61);
    const Spans made = spans();
    ASSERT_EQ(made.size(), 4U);
    const auto& events = made[3]->GetEvents();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].GetName(), "fathom.limit.wait_started");
    EXPECT_EQ(values_of(events[0]), (Values{{"fathom.limit.expected_wait", "61"}}));
    EXPECT_EQ(events[1].GetName(), "fathom.limit.waited");
    EXPECT_EQ(values_of(events[1]), (Values{{"fathom.limit.wait", "61"}}));
}

TEST_F(Telemetry, MakesNoAttemptOfAKeptAnswer) {
    ClientOptions keeping = traced();
    keeping.cache.fresh_for = 1h;
    const Client client(keeping);
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(client));
    EXPECT_EQ(spans().size(), 2U);
    ASSERT_TRUE(get_site(client));
    const Spans made = spans();
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(values_of(*made[0]).at("fathom.call.attempts"), "0");
}

TEST_F(Telemetry, IsBelowTheSpanThatIsActiveWhereAnAsynchronousCallIsMade) {
    transport->then({.body = site_body});
    const AsyncClient client(traced());
    const auto caller = tracer->StartSpan("caller");
    {
        const trace::Scope active(caller);
        ASSERT_TRUE(client.sites().get(SiteId("CDBUGS")).get());
    }
    const Spans made = spans();
    ASSERT_EQ(made.size(), 2U);
    EXPECT_TRUE(is_below(*made[1], caller->GetContext()));
    EXPECT_EQ(made[0]->GetTraceId(), caller->GetContext().trace_id());
}

TEST_F(Telemetry, IsNotBelowASpanOfTheThreadThatDrives) {
    transport->then({.body = site_body});
    const EventLoopClient client(traced());
    auto call = client.sites().get(SiteId("CDBUGS"));
    {
        const trace::Scope of_the_driver(tracer->StartSpan("driver"));
        while (!call.is_ready()) client.process();
    }
    const Spans made = spans();
    ASSERT_EQ(made.size(), 3U); // with the driver's
    EXPECT_EQ(name_of(*made[1]), "getSite");
    EXPECT_TRUE(is_root(*made[1]));
}

TEST_F(Telemetry, IsBelowTheParentOfTheOptions) {
    transport->then({.body = site_body});
    const auto parent = tracer->StartSpan("parent");
    opentelemetry::context::Context context;
    const auto with_parent = opentelemetry_parent(trace::SetSpan(context, parent));
    ASSERT_TRUE(get_site(Client(traced()), {.context = with_parent}));
    EXPECT_TRUE(is_below(*spans().at(1), parent->GetContext()));
}

TEST_F(Telemetry, IsARootWhereTheContextIsOfAnotherKind) {
    transport->then({.body = site_body});
    const trace::Scope active(tracer->StartSpan("active"));
    ASSERT_TRUE(get_site(Client(traced()), {.context = std::make_shared<int>(7)}));
    EXPECT_TRUE(is_root(*spans().at(1)));
}

TEST_F(Telemetry, LetsTheParentEndBeforeTheCall) {
    transport->then({.body = site_body});
    const EventLoopClient client(traced());
    auto call = [&] {
        const trace::Scope active(tracer->StartSpan("parent"));
        return client.sites().get(SiteId("CDBUGS"));
    }();
    EXPECT_EQ(spans().size(), 1U);
    while (!call.is_ready()) client.process();
    EXPECT_EQ(spans().size(), 2U);
}

TEST_F(Telemetry, HasTheAttemptBelowTheCallThatTookItOn) {
    transport->then({.body = site_body, .latency = 1s});
    const EventLoopClient client(traced());
    auto first = client.sites().get(SiteId("CDBUGS"));
    auto second = client.sites().get(SiteId("CDBUGS"));
    client.process();
    first.cancel();
    client.process();
    transport->advance(1s);
    client.process();
    ASSERT_TRUE(second.is_ready());
    const Spans made = spans();
    ASSERT_EQ(made.size(), 3U);
    EXPECT_EQ(values_of(*made[0]).at("error.type"), "'cancelled'");
    EXPECT_EQ(name_of(*made[1]), "GET /sites/{site_id}");
    EXPECT_TRUE(is_below(*made[1], made[2]->GetSpanContext()));
    EXPECT_EQ(made[2]->GetStatus(), trace::StatusCode::kUnset);
}

TEST_F(Telemetry, TellsCallsOfSeveralClientsApart) {
    ClientOptions others = traced();
    const auto another = std::make_shared<testing::ScriptedTransport>();
    others.transport = another;
    transport->then({.body = site_body, .latency = 1s});
    another->then({.body = site_body, .latency = 1s});
    const EventLoopClient one(traced());
    const EventLoopClient other(others);
    auto first = one.sites().get(SiteId("FIRST"));
    auto second = other.sites().get(SiteId("SECOND"));
    one.process();
    other.process();
    EXPECT_TRUE(spans().empty()); // both calls are the first of their clients, and under way
    transport->advance(1s);
    another->advance(1s);
    one.process();
    other.process();
    ASSERT_TRUE(first.is_ready() && second.is_ready());
    std::map<std::string, int> sites;
    for (const auto& span : spans()) {
        ++sites[values_of(*span).at("fathom.site.id")];
    }
    EXPECT_EQ(sites, (std::map<std::string, int>{{"'FIRST'", 2}, {"'SECOND'", 2}}));
}

/// The name of the root of each trace.
std::map<std::string, std::string> roots_of(const Spans& spans) {
    std::map<std::string, std::string> roots;
    for (const auto& span : spans) {
        if (is_root(*span)) roots[trace_of(*span)] = name_of(*span);
    }
    return roots;
}

/// The sites of a thread begin with its letter, which is the name of its root.
void expect_calls_with_their_threads(const Spans& spans) {
    const auto roots = roots_of(spans);
    for (const auto& span : spans) {
        if (is_root(*span)) continue;
        EXPECT_EQ(values_of(*span).at("fathom.site.id").substr(1, 1), roots.at(trace_of(*span)));
    }
}

TEST_F(Telemetry, TracesCallsOfManyThreads) {
    transport->respond_with([](const auto&) { return testing::ScriptedAnswer{.body = site_body}; });
    const Client client(traced());
    const auto make_calls = [&](char thread) {
        const trace::Scope active(tracer->StartSpan(std::string{thread}));
        for (int i = 0; i < 50; ++i) { // each to a site of its own, so that none shares an answer
            EXPECT_TRUE(client.sites().get(SiteId(std::string{thread} + std::to_string(i))));
        }
    };
    std::vector<std::thread> callers;
    callers.reserve(4);
    for (const char thread : {'A', 'B', 'C', 'D'}) callers.emplace_back(make_calls, thread);
    for (std::thread& caller : callers) caller.join();

    const Spans made = spans();
    EXPECT_EQ(made.size(), 4 + (4 * 50 * 2));
    EXPECT_EQ(roots_of(made).size(), 4U); // no call is one
    expect_calls_with_their_threads(made);
}

TEST_F(Telemetry, OutlivesItsProviders) {
    transport->then({.body = site_body});
    const Client client(traced());
    tracer = {};
    tracers.reset();
    meters.reset();
    EXPECT_TRUE(get_site(client));
}

TEST_F(Telemetry, AsksTheProvidersOfTheProgram) {
    trace::Provider::SetTracerProvider(
        opentelemetry::nostd::shared_ptr<trace::TracerProvider>(std::shared_ptr<trace::TracerProvider>(tracers)));
    observer = opentelemetry_observer();
    trace::Provider::SetTracerProvider(
        opentelemetry::nostd::shared_ptr<trace::TracerProvider>(new trace::NoopTracerProvider));
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(Client(traced())));
    EXPECT_EQ(spans().size(), 2U);
}

} // namespace
} // namespace fathom
