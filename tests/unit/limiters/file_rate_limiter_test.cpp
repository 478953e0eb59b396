#include <fathom/file_rate_limiter.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include <fathom/client.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include "file_limiter_fixture.hpp"
#include "support/limit_simulation.hpp"
#include "support/workers.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
using TimePoint = RateLimiter::Clock::time_point;

TEST_F(FileLimiter, GrantsTheFirstTenAtOnce) { EXPECT_EQ(permits_left(*one, start), 10); }

TEST_F(FileLimiter, SharesThePermitsBetweenAllThatNameTheFile) {
    EXPECT_EQ(permits_left(*one, start), 10);
    EXPECT_EQ(permits_left(*other, start), 0);
}

TEST_F(FileLimiter, GivesAPermitBackAWindowAfterItsEndWhoeverAsks) {
    const auto permit = one->acquire(LimitGroup::reports, start, 1min).value().permit.value();
    one->release(LimitGroup::reports, permit, PermitUse::answered, start + 2s);
    EXPECT_EQ(permits_left(*other, start + 2s + 61s - 1ns), 9);
    EXPECT_EQ(permits_left(*other, start + 2s + 61s), 1);
}

TEST_F(FileLimiter, TellsAClientThatHasJustBeenMadeWhenTheNextPermitIsFree) {
    std::filesystem::remove(path);
    const RateLimits limits{.resources = {.requests = 2, .window = std::chrono::hours{1}}};
    const auto clock = std::make_shared<testing::ScriptedTransport>();
    clock->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.body = R"({"id":"A"})"}; });
    const auto client_on = [&](const std::shared_ptr<Transport>& transport) {
        return Client({.api_key = "k", .rate_limiter = file_rate_limiter(path, limits), .transport = transport});
    };
    const Client first = client_on(clock);
    for (const char* id : {"A", "B"}) ASSERT_TRUE(first.sites().get(SiteId{id}));
    const auto later = std::make_shared<testing::ScriptedTransport>();
    const GroupQuota quota = client_on(later).quota().resources;
    EXPECT_EQ(quota.free_permits, 0U);
    EXPECT_GT(quota.next_permit_at, later->calendar_now() + std::chrono::minutes{59});
}

TEST_F(FileLimiter, ClosesTheGroupForAll) {
    one->close(LimitGroup::reports, start + 30s, start);
    EXPECT_EQ(permits_left(*other, start + 29s), 0);
    EXPECT_EQ(permits_left(*other, start + 30s), 10);
}

TEST_F(FileLimiter, GivesBackByTimeWhatAKilledProcessHeld) {
    EXPECT_EQ(permits_left(*one, start), 10);
    one.reset();
    EXPECT_EQ(permits_left(*other, start + 1min + 71s - 1ns), 0);
    EXPECT_EQ(permits_left(*other, start + 1min + 71s), 10);
}

TEST_F(FileLimiter, HoldsForSixteenProcessesAtOnce) {
    Workers workers(path.string());
    for (int i = 0; i < 16; ++i) workers.start("3500");
    const std::vector<TimePoint> arrivals = workers.arrivals();
    EXPECT_LE(detail::most_in_sliding_window(arrivals, 1s), 10U);
    EXPECT_GE(arrivals.size(), 25U); // three windows and a bit, less what the latencies cost
}

TEST_F(FileLimiter, SurvivesAProcessThatDiesHoldingPermits) {
    Workers dying(path.string());
    dying.start("die");
    const std::vector<TimePoint> death = dying.arrivals();
    ASSERT_EQ(death.size(), 1U);
    Workers workers(path.string());
    workers.start("2500");
    const std::vector<TimePoint> arrivals = workers.arrivals();
    ASSERT_FALSE(arrivals.empty());
    EXPECT_GE(arrivals.front() - death.front(), 1s);
}

} // namespace
} // namespace fathom
