// What the observer's events write: for logs.
#include <fathom/observer.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "support/printed.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

const ObservedCall call{.id = 7,
                        .operation = "getSite",
                        .url_path = "/sites/CDBUGS",
                        .url_template = "/sites/{site_id}",
                        .base_url = "https://me:s3cret@example.com/v1",
                        .site = "CDBUGS"};
const std::string call_text =
    R"({"id":7,"operation":"getSite","method":"GET","url_path":"/sites/CDBUGS","url_query":"",)"
    R"("url_template":"/sites/{site_id}",)"
    R"("limit_group":"resources","base_url":"https://***@example.com/v1","site":"CDBUGS",)"
    R"("context":false})";

std::string with_call(const std::string& members) { return R"({"call":)" + call_text + members + "}"; }

TEST(PrintingEvents, WritesACallWithoutCredentials) { EXPECT_EQ(printed(call), call_text); }

TEST(PrintingEvents, BeginsWithTheCall) {
    EXPECT_EQ(printed(CallStarted{call}), with_call(""));
    EXPECT_EQ(printed(LimiterWaitStarted{call, 1500ms, std::chrono::sys_days{2026y / std::chrono::June / 1}}),
              with_call(R"(,"expected":1.5,"expected_until":"2026-06-01T00:00:00Z",)"
                        R"("pace":{"in_flight":0,"requests":0,"waiting":0})"));
    EXPECT_EQ(printed(LimiterWaited{call, 2s}), with_call(R"(,"duration":2)"));
    EXPECT_EQ(printed(RetryScheduled{call, 1, ErrorKind::server, 500ms}),
              with_call(R"(,"attempt":1,"reason":"server","pause":0.5)"));
    EXPECT_EQ(printed(DriftFound{call, "data[3].name", "42"}), with_call(R"(,"path":"data[3].name","found":"42")"));
}

TEST(PrintingEvents, TellsTheSizeOfABodyAlone) {
    EXPECT_EQ(printed(AttemptStarted{.call = call, .attempt = 2, .request_body_size = 6, .request_body = "s3cret"}),
              with_call(R"(,"attempt":2,"request_body_size":6)"));
    EXPECT_EQ(printed(AttemptEnded{.call = call, .status = 200, .response_body_size = 6, .response_body = "s3cret"}),
              with_call(R"(,"attempt":1,"status":200,"duration":0,"response_body_size":6)"));
}

TEST(PrintingEvents, LeavesOutTheKindOfErrorWhereThereIsNone) {
    EXPECT_EQ(printed(CallEnded{.call = call, .attempts = 1, .status = 200, .duration = 1s}),
              with_call(R"(,"attempts":1,"status":200,"duration":1)"));
    EXPECT_EQ(printed(CallEnded{.call = call, .error_type = ErrorKind::network}),
              with_call(R"(,"attempts":0,"status":0,"error_type":"network","duration":0)"));
}

} // namespace
} // namespace fathom
