// The switchboard of faults, and the record of requests.
#include <future>

#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class EmulatorFaults : public ::testing::Test {
protected:
    std::size_t site_count() const { return emulator_.site_ids().size(); }

    Emulator emulator_{empty_emulator()};
    RawClient client_{emulator_};
};

TEST_F(EmulatorFaults, FailWithAStatusAsOftenAsAsked) {
    emulator_.inject(faults::status(503), {.times = 2});
    EXPECT_EQ(client_.get("/sites").status, 503);
    EXPECT_EQ(client_.get("/sites").json().at("error"), "Service unavailable");
    EXPECT_EQ(client_.get("/sites").status, 200);
}

TEST_F(EmulatorFaults, HitOnlyThoseThatAreMeant) {
    emulator_.inject(faults::status(500), {.times = 0, .after = 1, .only = {.method = "GET", .path = "/sites"}});
    EXPECT_EQ(client_.get("/account").status, 200);
    EXPECT_EQ(client_.get("/sites").status, 200) << "the one that passes before";
    EXPECT_EQ(client_.get("/sites?limit=1").status, 500);
    EXPECT_EQ(client_.get("/sites/NONE").status, 404);
    EXPECT_EQ(client_.get("/sites").status, 500);
    emulator_.clear_faults();
    EXPECT_EQ(client_.get("/sites").status, 200);
}

TEST_F(EmulatorFaults, CarryHeadersBodiesAndTypes) {
    emulator_.inject(faults::rate_limited(7s));
    EXPECT_EQ(client_.get("/sites").header("Retry-After"), "7");
    emulator_.inject(faults::rate_limited(std::nullopt));
    EXPECT_EQ(client_.get("/sites").header("Retry-After"), "");
    emulator_.inject(faults::html_page());
    EXPECT_EQ(client_.get("/sites").header("Content-Type"), "text/html; charset=UTF-8");
    emulator_.inject(faults::answer(418, "short and stout", "text/plain"));
    const RawAnswer teapot = client_.get("/sites");
    EXPECT_EQ(teapot.status, 418);
    EXPECT_EQ(teapot.body, "short and stout");
    emulator_.inject(faults::answer(200, ""));
    EXPECT_EQ(client_.get("/sites").body, "");
    emulator_.inject(faults::status(204));
    EXPECT_EQ(client_.get("/sites").status, 204);
}

TEST_F(EmulatorFaults, DropBeforeOrAfterTheEffect) {
    emulator_.inject(faults::drop_before_handling());
    EXPECT_THROW(client_.post("/sites", {{"name", "x"}}), std::runtime_error);
    EXPECT_EQ(site_count(), 0U);
    emulator_.inject(faults::drop_after_handling());
    EXPECT_THROW(client_.post("/sites", {{"name", "x"}}), std::runtime_error);
    EXPECT_EQ(site_count(), 1U);
    EXPECT_EQ(client_.get("/sites").status, 200) << "on a new connection";
}

TEST_F(EmulatorFaults, DropInsideTheBody) {
    emulator_.inject(faults::drop_inside_body());
    EXPECT_THROW(client_.get("/account"), std::runtime_error);
    EXPECT_EQ(client_.get("/account").status, 200);
}

TEST_F(EmulatorFaults, SpoilJsonInSoundHttp) {
    const std::string whole = client_.get("/account").body;
    emulator_.inject(faults::truncated_json());
    EXPECT_EQ(client_.get("/account").body, whole.substr(0, whole.size() / 2));
    emulator_.inject(faults::malformed_json());
    EXPECT_FALSE(nlohmann::json::accept(client_.get("/account").body));
}

TEST_F(EmulatorFaults, DelayAndStall) {
    const auto start = Clock::now();
    emulator_.inject(faults::delay(60ms));
    EXPECT_EQ(client_.get("/account").status, 200);
    EXPECT_GE(Clock::now() - start, 60ms);
    emulator_.inject(faults::stall(60ms));
    EXPECT_TRUE(nlohmann::json::accept(client_.get("/account").body));
    EXPECT_GE(Clock::now() - start, 120ms);
    client_.set_read_timeout(30ms);
    emulator_.inject(faults::stall(10s));
    EXPECT_THROW(client_.get("/account"), std::runtime_error);
}

TEST_F(EmulatorFaults, CutIdleConnections) {
    EXPECT_EQ(client_.get("/account").status, 200);
    emulator_.drop_connections();
    EXPECT_EQ(client_.get("/account").status, 200) << "on a new connection";
}

TEST_F(EmulatorFaults, LeaveARecordOfEveryRequest) {
    emulator_.inject(faults::drop_before_handling());
    EXPECT_THROW(client_.post("/sites?a=1%2B1&b=x%20y&a=2&c", {{"name", "x"}}), std::runtime_error);
    const auto requests = emulator_.requests();
    ASSERT_EQ(requests.size(), 1U);
    const RecordedRequest& request = requests.front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/v1/sites");
    EXPECT_EQ(request.query, "a=1%2B1&b=x%20y&a=2&c");
    EXPECT_EQ(request.parameters, (NamedValues{{"a", "1+1"}, {"b", "x y"}, {"a", "2"}, {"c", ""}}));
    EXPECT_EQ(request.parameter("a"), "1+1");
    EXPECT_EQ(request.header("authorization"), "Bearer emulator-key");
    EXPECT_EQ(request.header("REMOTE_ADDR"), std::nullopt);
    EXPECT_EQ(request.body, R"({"name":"x"})");
    EXPECT_LE(request.arrived_at, Clock::now());
}

TEST_F(EmulatorFaults, TellHowEachRequestWasAnswered) {
    emulator_.inject(faults::status(503));
    client_.get("/account");
    client_.get("/account");
    emulator_.inject(faults::drop_before_handling());
    EXPECT_THROW(client_.get("/account"), std::runtime_error);
    std::vector<int> statuses;
    for (const RecordedRequest& request : emulator_.requests()) statuses.push_back(request.status);
    EXPECT_EQ(statuses, (std::vector{503, 200, 0}));
}

TEST_F(EmulatorFaults, CountAndForgetRequests) {
    client_.get("/sites");
    client_.get("/sites/NONE%2F1");
    client_.remove("/sites/NONE");
    EXPECT_EQ(emulator_.request_count(), 3U);
    EXPECT_EQ(emulator_.request_count({.method = "GET"}), 2U);
    EXPECT_EQ(emulator_.request_count({.path = "/sites"}), 1U);
    EXPECT_EQ(emulator_.request_count({.path_prefix = "/sites/"}), 2U);
    EXPECT_EQ(emulator_.requests({.method = "GET", .path_prefix = "/sites/"}).front().path, "/v1/sites/NONE%2F1");
    emulator_.clear_requests();
    EXPECT_EQ(emulator_.request_count(), 0U);
}

TEST_F(EmulatorFaults, CanBeWaitedFor) {
    EXPECT_FALSE(emulator_.wait_for_requests(1, 5ms));
    emulator_.inject(faults::delay(50ms));
    auto answer = std::async(std::launch::async, [this] { return client_.get("/sites").status; });
    EXPECT_TRUE(emulator_.wait_for_requests(1, 10s));
    EXPECT_EQ(answer.get(), 200);
}

} // namespace
} // namespace fathom::testing
