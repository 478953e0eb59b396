// A hundred thousand calls at once: nothing recurses by their number, and nothing takes time that grows with its square
// (which would take minutes here).
#include <gtest/gtest.h>

#include "support/scheduler_bench.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

#if defined(FATHOM_SANITIZED)
constexpr std::size_t many = 10'000; // sanitizers take ten times as long
#else
constexpr std::size_t many = 100'000;
#endif

/// So many calls that make the same request.
std::vector<std::shared_ptr<Call>> one_flight(SchedulerBench& bench, const std::string& target) {
    std::vector<std::shared_ptr<Call>> calls;
    for (std::size_t i = 0; i < many; ++i) calls.push_back(bench.get(target));
    return calls;
}

/// Takes all permits, so that whatever comes next waits.
void use_up_the_limit(SchedulerBench& bench) {
    for (int i = 0; i < 10; ++i) bench.get("/used/" + std::to_string(i));
}

TEST(ManyCalls, OfOneFlightAreAllRefusedWhenItIs) {
    SchedulerBench bench({}, {.reports = {.requests = 1, .window = 1h}});
    const auto calls = one_flight(bench, "/x");
    bench.answer(429);
    EXPECT_EQ(bench.sent(), 1U);
    for (const auto& call : calls) ASSERT_EQ(outcome(call), "rate_limited");
}

TEST(ManyCalls, OfOneFlightAreAllTimedOutInAPause) {
    SchedulerBench bench;
    const auto calls = one_flight(bench, "/x");
    bench.answer(503);
    bench.pass(3min);
    for (const auto& call : calls) ASSERT_TRUE(call->outcome);
}

TEST(ManyCalls, OfOneFlightCanBeCancelledOneByOneFromTheFirst) {
    SchedulerBench bench;
    const auto calls = one_flight(bench, "/x");
    for (const auto& call : calls) bench.cancel(call);
    for (const auto& call : calls) ASSERT_EQ(outcome(call), "cancelled");
}

TEST(ManyCalls, OfOneFlightCanBeCancelledOneByOneFromTheLast) {
    SchedulerBench bench;
    const auto calls = one_flight(bench, "/x");
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) bench.cancel(*call);
    for (const auto& call : calls) ASSERT_EQ(outcome(call), "cancelled");
}

TEST(ManyCalls, OfOneFlightShareOneAnswer) {
    SchedulerBench bench;
    const auto calls = one_flight(bench, "/x");
    bench.answer(200, "shared");
    for (const auto& call : calls) ASSERT_EQ(outcome(call), "shared");
}

TEST(ManyCalls, ThatWaitCanBeCancelledInAnyOrder) {
    SchedulerBench bench({}, {.reports = {.requests = 10, .window = 1s}});
    use_up_the_limit(bench);
    std::vector<std::shared_ptr<Call>> calls;
    for (std::size_t i = 0; i < many; ++i) {
        calls.push_back(bench.get("/waits/" + std::to_string(i), {.timeout = 1'000h}));
    }
    for (std::size_t i = 0; i < many; i += 2) bench.cancel(calls[i]);
    for (std::size_t i = many; i-- > 0;) bench.cancel(calls[i]);
    for (const auto& call : calls) ASSERT_EQ(outcome(call), "cancelled");
}

TEST(ManyCalls, ThatWouldRatherFailDoNotLookAtThoseThatWait) {
    SchedulerBench bench({}, {.reports = {.requests = 10, .window = 1s}});
    use_up_the_limit(bench);
    for (std::size_t i = 0; i < many; ++i) bench.get("/waits/" + std::to_string(i), {.timeout = 1'000h});
    for (std::size_t i = 0; i < many; ++i) {
        const auto call = bench.get("/fails/" + std::to_string(i), {.when_limited = WhenLimited::fail});
        ASSERT_EQ(outcome(call), "rate_limited");
    }
}

TEST(ManyCalls, ThatWriteDoNotLookAtAllThatIsRead) {
    SchedulerBench bench({}, {.resources = {.requests = 10, .window = 1s}});
    for (std::size_t i = 0; i < many; ++i) {
        const std::string id = std::to_string(i);
        bench.make({.target = "/sites/A/events/" + id, .subject = {Resource::events, "A"}}, {.timeout = 1'000h});
        bench.make(
            {.method = HttpMethod::post, .target = "/sites/A/milestones/" + id, .subject = {Resource::milestones, "A"}},
            {.timeout = 1'000h});
    }
    EXPECT_EQ(bench.scheduler.counts(LimitGroup::resources).waiting, 2 * many - 10);
}

} // namespace
} // namespace fathom::detail
