// The values of fathom::testing, printed and compared.
#include <fathom/testing/emulated_data.hpp>
#include <fathom/testing/emulator_options.hpp>
#include <fathom/testing/faults.hpp>
#include <fathom/testing/format.hpp>
#include <fathom/testing/recorded_request.hpp>
#include <fathom/testing/report_rules.hpp>
#include <fathom/testing/scripted_transport.hpp>
#include <fathom/testing/server_limits.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>

#include "../support/printed.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds noon = std::chrono::sys_days{2026y / std::chrono::June / 1} + 12h;

TEST(PrintingTestValues, WritesThemAsJsonWithoutWhatIsNotSet) {
    EXPECT_EQ(printed(ServerLimit{.requests = 10, .window = 60s}), R"({"requests":10,"window":60.0})");
    EXPECT_EQ(printed(ConcurrencyCap{.requests = 3, .retry_after = std::nullopt}), R"({"requests":3})");
    EXPECT_EQ(printed(EmulatedEvent{.id = "AAAAAAAA", .name = "Buy", .created_at = noon}),
              R"({"id":"AAAAAAAA","name":"Buy","created_at":"2026-06-01T12:00:00Z"})");
    EXPECT_EQ(printed(faults::rate_limited(5s)),
              R"({"handling":"skipped","delay":0.0,"pause_inside_body":0.0,"status":429,)"
              R"("headers":[{"Retry-After":"5"}],"ending":"complete"})");
    EXPECT_EQ(printed(FaultSchedule{.times = 2, .only = {.path = "/sites"}}),
              R"({"times":2,"after":0,"only":{"method":"","path":"/sites","path_prefix":""}})");
    EXPECT_EQ(printed(EmulatedVisitors{.total = 2, .pathname = "/a"}),
              R"({"total":2,"hostname":"https://example.com","pathname":"/a","referrer_hostname":"",)"
              R"("referrer_pathname":""})");
}

TEST(PrintingTestValues, NamesEnumerators) {
    EXPECT_EQ(printed(Dialect::live), "live");
    EXPECT_EQ(printed(Ending::inside_body), "inside_body");
    EXPECT_EQ(printed(ReportRules{.open_order = RowOrder::shuffled, .text_order = TextOrder::punctuation_ignored}),
              R"({"open_order":"shuffled","text_order":"punctuation_ignored","matching_case":"distinguished",)"
              R"("like_case":"ignored","null_rows":"kept","visitor_signature":"daily","bounce_rate":"percentage"})");
}

TEST(PrintingTestValues, NeverWritesAKeyOrABody) {
    const std::string secret = "s3cret";
    std::ostringstream out;
    out << RecordedRequest{.method = "POST",
                           .path = "/v1/sites",
                           .headers = {{"Authorization", "Bearer " + secret}},
                           .body = secret}
        << EmulatorOptions{.api_key = secret} << ScriptedAnswer{.body = secret} << faults::answer(200, secret)
        << RecordedCall{.request = {.body = secret}, .time = {}};
    EXPECT_EQ(out.str().find(secret), std::string::npos) << out.str();
    EXPECT_NE(out.str().find(R"("body_size":6)"), std::string::npos);
}

TEST(PrintingTestValues, TakesTextThatIsNotUtf8) {
    EXPECT_EQ(printed(RequestFilter{.method = "\xff"}),
              "{\"method\":\"\xEF\xBF\xBD\",\"path\":\"\",\"path_prefix\":\"\"}");
}

TEST(ComparingTestValues, IsMemberWise) {
    EXPECT_EQ(ServerLimits{}, ServerLimits{});
    EXPECT_NE(ServerLimits{}, (ServerLimits{.enforced = false}));
    EXPECT_EQ(EmulatedPageviews{.at = noon}, EmulatedPageviews{.at = noon});
    EXPECT_NE(EmulatedPageviews{}, EmulatedPageviews{.traits = {.pathname = "/a"}});
    EXPECT_EQ(faults::status(500), faults::status(500));
    EXPECT_NE(faults::status(500), faults::status(503));
    EXPECT_EQ(RecordedRequest{.method = "GET"}, RecordedRequest{.method = "GET"});
    EXPECT_EQ(ScriptedAnswer{}, ScriptedAnswer{});
    EXPECT_NE(ScriptedFailure{}, ScriptedFailure{.latency = 1ms});
}

#if defined(__cpp_lib_format)
TEST(FormattingTestValues, GivesWhatPrintingGives) {
    EXPECT_EQ(std::format("{:>8}", LimitWindow::fixed), "   fixed");
    EXPECT_EQ(std::format("{}", ServerLimits{}), printed(ServerLimits{}));
}
#endif

} // namespace
} // namespace fathom::testing
