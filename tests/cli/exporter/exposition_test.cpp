#include "cli/exporter/exposition.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace fathom::cli {
namespace {

const std::vector<Metric> metrics{
    {.name = "shop_up", .help = "Whether \"it\" is\nup \\o/.", .samples = {{{{"site", "A"}}, 1}, {{}, 0}}},
    {.name = "shop_requests_total",
     .type = MetricType::counter,
     .help = "Requests.",
     .samples = {{{{"site", "A"}, {"limit", "b"}}, 7}}},
    {.name = "shop_site_info",
     .type = MetricType::info,
     .help = "Names.",
     .samples = {{{{"name", "a \"b\"\\c\nd é"}}, 1}}},
    {.name = "shop_empty", .help = "Has no samples, so it is left out."},
};

TEST(Exposition, IsWhatPrometheusReads) {
    EXPECT_EQ(exposed(metrics, Exposition::prometheus), R"(# HELP shop_up Whether "it" is\nup \\o/.
# TYPE shop_up gauge
shop_up{site="A"} 1
shop_up 0
# HELP shop_requests_total Requests.
# TYPE shop_requests_total counter
shop_requests_total{site="A",limit="b"} 7
# HELP shop_site_info Names.
# TYPE shop_site_info gauge
shop_site_info{name="a \"b\"\\c\nd é"} 1
)");
}

TEST(Exposition, IsOpenMetricsWithFamiliesAndAnEnd) {
    EXPECT_EQ(exposed(metrics, Exposition::open_metrics), R"(# HELP shop_up Whether \"it\" is\nup \\o/.
# TYPE shop_up gauge
shop_up{site="A"} 1
shop_up 0
# HELP shop_requests Requests.
# TYPE shop_requests counter
shop_requests_total{site="A",limit="b"} 7
# HELP shop_site Names.
# TYPE shop_site info
shop_site_info{name="a \"b\"\\c\nd é"} 1
# EOF
)");
    EXPECT_EQ(exposed({}, Exposition::open_metrics), "# EOF\n");
}

TEST(Exposition, IsWhatIsAccepted) {
    using enum Exposition;
    const std::vector<std::pair<std::string, Exposition>> cases{
        {"", prometheus},
        {"*/*", prometheus},
        {"text/plain", prometheus},
        {"text/html,application/xhtml+xml,*/*;q=0.8", prometheus},
        {"application/openmetrics-text", open_metrics},
        {"Application/OpenMetrics-Text ; Version=\"1.0.0\"", open_metrics},
        {"application/openmetrics-text;version=0.0.1", prometheus},
        {"application/openmetrics-text;q=0", prometheus},
        {"application/openmetrics-text;q=0.1, text/plain;q=0.2", prometheus},
        {"text/plain;q=0.5, application/openmetrics-text;q=0.5", open_metrics},
        {"application/openmetrics-text;q=nonsense, text/plain", prometheus},
        {"application/openmetrics-text;q=0.5, */*;q=0.1", open_metrics},
        // As Prometheus 2 and 3 ask.
        {"application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
         "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
         open_metrics},
        {"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
         "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
         "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
         "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
         open_metrics},
        {"text/plain;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", prometheus},
    };
    for (const auto& [accept, form] : cases) EXPECT_EQ(exposition_for(accept), form) << accept;
}

TEST(Exposition, SaysWhatItIs) {
    EXPECT_EQ(content_type_of(Exposition::prometheus), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(content_type_of(Exposition::open_metrics), "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

} // namespace
} // namespace fathom::cli
