// What becomes of calls that the service refuses or that the limit keeps waiting.
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/scheduler_bench.hpp"
#include "support/scripted_client.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

TEST(LimitedCall, WhoseProcessWasStoppedTooLongEndsWithTimeoutAndItsLastError) {
    SchedulerBench bench;
    const auto call = bench.get("/a", {.timeout = 30s});
    bench.answer(429);
    bench.sleep(1min); // the pause was 7 s, but nobody ran
    ASSERT_TRUE(call->outcome);
    const Error& error = call->outcome->error();
    EXPECT_EQ(error.kind, ErrorKind::timeout);
    EXPECT_NE(error.message.find("429"), std::string::npos) << error;
}

TEST(LimitedCall, GoesBackToItsOldPlaceWhereItIsRefused) {
    SchedulerBench bench;
    std::vector<std::shared_ptr<Call>> calls;
    for (int i = 0; i < 12; ++i) calls.push_back(bench.get("/" + std::to_string(i), {.timeout = 10min}));
    bench.pass(100ms); // the way there and back
    for (int i = 0; i < 10; ++i) bench.answer(429);
    bench.pass(9s);
    ASSERT_EQ(bench.under_way(), 1U) << "one by one until one is served";
    bench.answer(200, "first");
    EXPECT_EQ(outcome(calls[0]), "first");
}

TEST(LimitedCall, ThatIsRefusedIsServedBeforeLaterOnesOfOtherClients) {
    const auto limiter = local_rate_limiter({.reports = {.requests = 3, .window = 60s}});
    SchedulerBench first({}, limiter->attach([] {}));
    SchedulerBench second({}, limiter->attach([] {}));
    first.get("/oldest");
    first.pass(1s);
    second.pass(1s);
    for (const char* target : {"/a", "/b", "/waits"}) second.get(target);
    ASSERT_EQ(second.under_way(), 2U);
    first.answer(429); // its permit is free again, and there is room for one call when the others are answered
    for (int i = 0; i < 2; ++i) second.answer(200);
    EXPECT_EQ(second.under_way(), 0U) << "it is not its turn";
    first.scheduler.limit_changed(first.now);
    EXPECT_EQ(first.under_way(), 1U);
}

TEST(LimitedCall, FailsAtOnceWhereTheServiceAsksForLongerThanItsDeadline) {
    SchedulerBench bench;
    const auto call = bench.get("/a", {.timeout = 30s});
    bench.answer_refused("300");
    ASSERT_TRUE(call->outcome);
    EXPECT_EQ(call->outcome->error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(call->outcome->error().available_at, bench.now.calendar + 301s);
}

/// A limiter of a user's who made a mistake.
class ThrowingLimiter final : public RateLimiter {
public:
    Result<Admission> acquire(LimitGroup, Clock::time_point, Clock::duration) override {
        if (throws_on_acquire) throw std::runtime_error("no such table");
        return Permit{1};
    }
    void release(LimitGroup, Permit, PermitUse, Clock::time_point) override { throw std::runtime_error("lost"); }
    void close(LimitGroup, Clock::time_point, Clock::time_point) override { throw 1; }
    [[nodiscard]] Clock::time_point earliest(LimitGroup, std::size_t, Clock::time_point) const override { throw 1; }
    [[nodiscard]] std::size_t free_permits(LimitGroup, Clock::time_point) const override { throw 1; }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

    bool throws_on_acquire = true;

private:
    RateLimits limits_{};
};

class LimiterThatThrows : public ScriptedClient {
protected:
    [[nodiscard]] Client make_client() const {
        ClientOptions with_limiter = options();
        with_limiter.rate_limiter = limiter;
        return Client(with_limiter);
    }

    std::shared_ptr<ThrowingLimiter> limiter = std::make_shared<ThrowingLimiter>();
};

TEST_F(LimiterThatThrows, EndsTheCallsThatAskItWithInternal) {
    const Client client = make_client();
    const auto site = get_site(client);
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().kind, ErrorKind::internal);
    EXPECT_NE(site.error().message.find("no such table"), std::string::npos) << site.error();
}

TEST_F(LimiterThatThrows, LosesNoAnswer) {
    limiter->throws_on_acquire = false;
    const Client client = make_client();
    transport->then({.body = site_body}).then({.status = 429}).then({.body = site_body});
    EXPECT_TRUE(get_site(client));
    EXPECT_TRUE(get_site(client)) << "after a refusal that it could not be told of";
}

} // namespace
} // namespace fathom::detail
