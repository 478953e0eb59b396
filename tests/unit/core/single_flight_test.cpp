#include <gtest/gtest.h>

#include "support/scheduler_bench.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

class SingleFlight : public ::testing::Test {
protected:
    void use_up_permits() {
        for (int i = 0; i < 10; ++i) bench.get("/used/" + std::to_string(i));
        for (int i = 0; i < 10; ++i) bench.answer(200);
    }

    SchedulerBench bench;
};

TEST_F(SingleFlight, SharesOneRequestAmongIdenticalGets) {
    const auto first = bench.get("/x");
    const auto second = bench.get("/x");
    EXPECT_EQ(bench.sent(), 1U);
    bench.answer(200, "body");
    EXPECT_EQ(outcome(first), "body");
    EXPECT_EQ(outcome(second), "body");
}

TEST_F(SingleFlight, SharesAnErrorToo) {
    const auto first = bench.get("/x");
    const auto second = bench.get("/x");
    bench.answer(404);
    EXPECT_EQ(outcome(first), "not_found");
    EXPECT_EQ(outcome(second), "not_found");
}

TEST_F(SingleFlight, DoesNotShareBetweenTargets) {
    bench.get("/x");
    bench.get("/x?detailed=true");
    EXPECT_EQ(bench.sent(), 2U);
}

TEST_F(SingleFlight, DoesNotShareWrites) {
    for (int i = 0; i < 2; ++i) bench.make({.method = HttpMethod::post, .target = "/sites"});
    EXPECT_EQ(bench.sent(), 2U);
}

TEST_F(SingleFlight, DoesNotShareAfterTheAnswer) {
    bench.get("/x");
    bench.answer(200);
    bench.get("/x");
    EXPECT_EQ(bench.sent(), 2U);
}

TEST_F(SingleFlight, DoesNotShareWithWhatBeganBeforeAWrite) {
    bench.get("/sites/A");
    bench.make({.method = HttpMethod::post, .target = "/sites/A"});
    bench.get("/sites/A");
    EXPECT_EQ(bench.sent(), 3U);
}

TEST_F(SingleFlight, KeepsTheRequestWhenItsFirstCallerCancels) {
    const auto first = bench.get("/x");
    const auto second = bench.get("/x");
    bench.cancel(first);
    EXPECT_EQ(outcome(first), "cancelled");
    EXPECT_EQ(bench.given_up(), 0U);
    bench.answer(200, "body");
    EXPECT_EQ(outcome(second), "body");
    EXPECT_EQ(bench.sent(), 1U);
}

TEST_F(SingleFlight, KeepsTheRequestWhenAFollowerCancels) {
    const auto first = bench.get("/x");
    const auto second = bench.get("/x");
    bench.cancel(second);
    EXPECT_EQ(outcome(second), "cancelled");
    bench.answer(200, "body");
    EXPECT_EQ(outcome(first), "body");
}

TEST_F(SingleFlight, GivesTheRequestUpWhenAllCallersCancel) {
    const auto first = bench.get("/x");
    const auto second = bench.get("/x");
    bench.cancel(first);
    bench.cancel(second);
    EXPECT_EQ(bench.given_up(), 1U);
}

TEST_F(SingleFlight, LeavesEachCallerItsOwnDeadline) {
    const auto hasty = bench.get("/x", {.timeout = 1s});
    const auto patient = bench.get("/x", {.timeout = 30s});
    bench.pass(2s);
    EXPECT_EQ(outcome(hasty), "timeout");
    bench.answer(200, "body");
    EXPECT_EQ(outcome(patient), "body");
}

TEST_F(SingleFlight, LeavesAFollowerItsOwnShorterDeadline) {
    const auto patient = bench.get("/x", {.timeout = 30s});
    const auto hasty = bench.get("/x", {.timeout = 1s});
    bench.pass(2s);
    EXPECT_EQ(outcome(hasty), "timeout");
    EXPECT_EQ(outcome(patient), "");
}

TEST_F(SingleFlight, GoesOnWithARetryThatOnlyAFollowersDeadlineAllows) {
    const auto hasty = bench.get("/x", {.timeout = 5s});
    const auto patient = bench.get("/x", {.timeout = 60s});
    bench.scheduler.ended({1, HttpResponse{.status = 503, .headers = {{"Retry-After", "20"}}}}, bench.now);
    EXPECT_EQ(outcome(hasty), "server");
    bench.pass(21s);
    EXPECT_EQ(bench.sent(), 2U);
    EXPECT_EQ(outcome(patient), "");
}

/// The transfer has as much time as the call that began it.
TEST_F(SingleFlight, BeginsAnewForAFollowerWhenTheFirstCallersTimeIsOver) {
    for (const bool ends_early : {true, false}) { // before the caller's own timer, or behind it
        SchedulerBench other;
        const auto hasty = other.get("/x", {.timeout = 1s});
        const auto patient = other.get("/x", {.timeout = 30s, .retry = RetryPolicy{.max_attempts = 1}});
        if (ends_early) {
            other.sleep(999ms);
        } else {
            other.pass(1s);
        }
        other.fail({.kind = ErrorKind::timeout, .message = "took too long", .request_sent = true});
        EXPECT_EQ(outcome(hasty), "timeout");
        EXPECT_EQ(outcome(patient), "");
        other.pass(1ms);
        EXPECT_EQ(other.sent(), 2U);
        other.answer(200, "body");
        EXPECT_EQ(outcome(patient), "body");
    }
}

TEST_F(SingleFlight, GoesOnWithARetryThatOnlyAFollowersPolicyAllows) {
    const auto first = bench.get("/x", {.retry = RetryPolicy{.max_attempts = 1}});
    const auto alike = bench.get("/x", {.retry = RetryPolicy{.max_attempts = 1}});
    const auto patient = bench.get("/x", {.retry = RetryPolicy{.max_attempts = 2}});
    bench.answer(503);
    EXPECT_EQ(outcome(first), "server");
    EXPECT_EQ(outcome(patient), "");
    bench.pass(30s);
    EXPECT_EQ(bench.sent(), 2U);
    bench.answer(200, "body");
    EXPECT_EQ(outcome(patient), "body");
    EXPECT_EQ(outcome(alike), "body") << "it follows the other one now";
}

TEST_F(SingleFlight, GivesAPlaceInTheQueueToTheFollower) {
    use_up_permits();
    const auto first = bench.get("/x");
    const auto second = bench.get("/x");
    bench.cancel(first);
    bench.pass(61s);
    EXPECT_EQ(bench.sent(), 11U);
    bench.answer(200, "body");
    EXPECT_EQ(outcome(second), "body");
}

TEST_F(SingleFlight, RefusesAtOnceAFollowerThatCannotBeServedInTime) {
    use_up_permits();
    const auto patient = bench.get("/x");
    const auto hasty = bench.get("/x", {.timeout = 2s});
    EXPECT_EQ(outcome(hasty), "rate_limited");
    EXPECT_EQ(outcome(patient), "");
}

TEST_F(SingleFlight, DoesNotMakeAFollowerWaitThatWouldRatherFailWhenTheServiceRefuses) {
    const auto patient = bench.get("/x");
    const auto impatient = bench.get("/x", {.when_limited = WhenLimited::fail});
    bench.answer_refused("5");
    EXPECT_EQ(outcome(impatient), "rate_limited");
    EXPECT_EQ(outcome(patient), "");
}

TEST_F(SingleFlight, LetsAnInteractiveFollowerHurryTheRequest) {
    use_up_permits();
    for (int i = 0; i < 12; ++i) bench.get("/other/" + std::to_string(i));
    const auto background = bench.get("/x", {.timeout = 10min});
    const auto interactive = bench.get("/x", {.timeout = 10min, .priority = Priority::interactive});
    bench.pass(61s);
    bench.answer(200, "body");
    EXPECT_EQ(outcome(background), "body");
    EXPECT_EQ(outcome(interactive), "body");
}

TEST_F(SingleFlight, DoesNotMakeACallWaitThatWouldRatherFail) {
    use_up_permits();
    bench.get("/x");
    EXPECT_EQ(outcome(bench.get("/x", {.when_limited = WhenLimited::fail})), "rate_limited");
}

TEST_F(SingleFlight, FailsThoseThatWouldNotWaitWhereARetryMustWaitForTheLimit) {
    SchedulerBench other({}, {.reports = {.requests = 3, .window = 60s}});
    const auto first = other.get("/x");
    const auto impatient = other.get("/x", {.when_limited = WhenLimited::fail});
    other.answer(503);
    other.pass(1s);
    other.answer(503);
    ASSERT_EQ(other.under_way(), 0U) << "it pauses";
    other.get("/y"); // takes the last permit
    other.pass(30s);
    EXPECT_EQ(outcome(first), "");
    EXPECT_EQ(outcome(impatient), "rate_limited");
}

TEST_F(SingleFlight, ConnectsAnewWhereOnlyTheTimeForAConnectionIsOver) {
    const auto call = bench.get("/x", {.timeout = 30s}); // less than an attempt may take
    bench.pass(10s);
    bench.fail({.kind = ErrorKind::timeout, .message = "no connection"});
    EXPECT_EQ(outcome(call), "");
    bench.pass(5s);
    ASSERT_EQ(bench.sent(), 2U);
    bench.answer(200, "body");
    EXPECT_EQ(outcome(call), "body");
}

} // namespace
} // namespace fathom::detail
