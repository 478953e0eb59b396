#include "core/response_cache.hpp"

#include <gtest/gtest.h>

#include "support/scheduler_bench.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr CacheOptions thirty_seconds{.fresh_for = 30s};
constexpr CacheOptions with_stale{.fresh_for = 30s, .stale_for = 5min};

/// A bench whose cache holds an answer for `/x`.
SchedulerBench& filled(SchedulerBench& bench) {
    bench.get("/x");
    bench.answer(200, "old");
    return bench;
}

TEST(ResponseCache, IsOffByDefault) {
    SchedulerBench bench;
    filled(bench).get("/x");
    EXPECT_EQ(bench.sent(), 2U);
}

TEST(ResponseCache, GivesAFreshAnswerWithoutARequest) {
    SchedulerBench bench(thirty_seconds);
    filled(bench).pass(30s);
    const auto call = bench.get("/x");
    EXPECT_EQ(outcome(call), "old");
    EXPECT_EQ(call->outcome->value().attempts, 0);
    EXPECT_EQ(bench.sent(), 1U);
}

TEST(ResponseCache, AsksAgainForWhatIsTooOld) {
    SchedulerBench bench(thirty_seconds);
    filled(bench).pass(31s);
    EXPECT_EQ(outcome(bench.get("/x")), "");
    EXPECT_EQ(bench.sent(), 2U);
}

TEST(ResponseCache, GivesAStaleAnswerAtOnceAndRefreshesBehind) {
    SchedulerBench bench(with_stale);
    filled(bench).pass(31s);
    EXPECT_EQ(outcome(bench.get("/x")), "old");
    EXPECT_EQ(bench.sent(), 2U);
    EXPECT_TRUE(bench.was_left_behind());
    bench.answer(200, "new");
    EXPECT_EQ(outcome(bench.get("/x")), "new");
    EXPECT_EQ(bench.sent(), 2U);
}

TEST(ResponseCache, RefreshesAStaleAnswerOnceHoweverOftenItIsAskedFor) {
    SchedulerBench bench(with_stale);
    filled(bench).pass(31s);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(bench.get("/x")), "old");
    EXPECT_EQ(bench.sent(), 2U);
}

TEST(ResponseCache, KeepsTheOldAnswerWhereTheRefreshFails) {
    SchedulerBench bench(with_stale);
    filled(bench).pass(31s);
    bench.get("/x");
    bench.answer(404);
    EXPECT_EQ(outcome(bench.get("/x")), "old");
}

TEST(ResponseCache, WaitsLongerAfterEachRefreshThatFails) {
    SchedulerBench bench(with_stale);
    filled(bench).pass(31s);
    std::size_t sent = bench.sent();
    for (const auto pause : {2s, 4s, 8s, 16s}) {
        EXPECT_EQ(outcome(bench.get("/x")), "old");
        EXPECT_EQ(bench.sent(), ++sent);
        bench.answer(404);
        for (int i = 0; i < 50; ++i) EXPECT_EQ(outcome(bench.get("/x")), "old");
        bench.pass(pause - 1ms);
        EXPECT_EQ(outcome(bench.get("/x")), "old");
        EXPECT_EQ(bench.sent(), sent) << pause.count();
        bench.pass(1ms);
    }
    bench.get("/x");
    bench.answer(200, "new");
    EXPECT_EQ(outcome(bench.get("/x")), "new");
}

TEST(ResponseCache, TakesNoRefreshThatItsCallerCancelledForAFailure) {
    SchedulerBench bench(with_stale);
    filled(bench).pass(31s);
    for (int i = 0; i < 5; ++i) bench.cancel(bench.get("/x", {.cache = CacheUse::refresh}));
    const std::size_t sent = bench.sent();
    EXPECT_EQ(outcome(bench.get("/x")), "old");
    EXPECT_EQ(bench.sent(), sent + 1) << "refreshed behind";
}

TEST(ResponseCache, KeepsOnlyWhatItsCallersCanRead) {
    SchedulerBench bench(with_stale);
    const OperationRequest request{.operation = "get",
                                   .target = "/x",
                                   .group = LimitGroup::reports,
                                   .examine = [](std::string_view body, DriftLog&) {
                                       return body == "<html>" ? std::optional(ErrorKind::decode) : std::nullopt;
                                   }};
    bench.make(request);
    bench.answer(200, "<html>");
    EXPECT_EQ(outcome(bench.make(request)), "") << "not kept";
    bench.answer(200, "good");
    bench.pass(31s);
    EXPECT_EQ(outcome(bench.make(request)), "good") << "stale";
    bench.answer(200, "<html>");
    EXPECT_EQ(outcome(bench.make(request)), "good") << "not replaced";
    EXPECT_EQ(bench.sent(), 3U) << "and not asked for again at once";
}

TEST(ResponseCache, CountsWhatSmallAnswersTakeBesidesTheirTexts) {
    ResponseCache cache({.fresh_for = 30s, .max_bytes = 40'000});
    for (int i = 0; i < 1'000; ++i) cache.store({.target = "/" + std::to_string(i)}, {.status = 200, .body = "1"}, {});
    EXPECT_LE(cache.bytes(), 40'000U);
    EXPECT_FALSE(cache.find("/800", {})) << "eighty of some 500 bytes each";
    EXPECT_TRUE(cache.find("/950", {}));
}

TEST(ResponseCache, IsPassedByACallThatWantsANewAnswer) {
    SchedulerBench bench(thirty_seconds);
    const auto call = filled(bench).get("/x", {.cache = CacheUse::refresh});
    EXPECT_EQ(outcome(call), "");
    bench.answer(200, "new");
    EXPECT_EQ(outcome(bench.get("/x")), "new");
}

TEST(ResponseCache, KeepsNoErrors) {
    SchedulerBench bench(thirty_seconds);
    bench.get("/x");
    bench.answer(404);
    bench.get("/x");
    EXPECT_EQ(bench.sent(), 2U);
}

TEST(ResponseCache, DropsWhatAWriteChanges) {
    SchedulerBench bench(thirty_seconds);
    bench.get("/sites/A");
    bench.answer(200, "old");
    bench.make({.method = HttpMethod::post, .target = "/sites/A"});
    bench.answer(200);
    EXPECT_EQ(outcome(bench.get("/sites/A")), "");
}

TEST(ResponseCache, DoesNotKeepAnAnswerThatIsOlderThanAWrite) {
    SchedulerBench bench(thirty_seconds);
    bench.get("/sites/A");
    bench.make({.method = HttpMethod::post, .target = "/sites/A"});
    bench.answer(200, "from before the write");
    bench.answer(200);
    EXPECT_EQ(outcome(bench.get("/sites/A")), "");
}

TEST(ResponseCache, StaysWithinItsBytes) {
    ResponseCache cache({.fresh_for = 30s, .max_bytes = 10'000});
    for (int i = 0; i < 100; ++i) {
        cache.store({.target = "/" + std::to_string(i)}, {.status = 200, .body = std::string(1'000, 'x')}, {});
        ASSERT_LE(cache.bytes(), 10'000U);
    }
    EXPECT_TRUE(cache.find("/99", {}));
    EXPECT_FALSE(cache.find("/0", {}));
}

TEST(ResponseCache, DropsTheLeastRecentlyUsedFirst) {
    ResponseCache cache({.fresh_for = 30s, .max_bytes = 3'100});
    const HttpResponse large{.status = 200, .body = std::string(1'000, 'x')};
    cache.store({.target = "/a"}, large, {});
    cache.store({.target = "/b"}, large, {});
    EXPECT_TRUE(cache.find("/a", {}));
    cache.store({.target = "/c"}, large, {});
    EXPECT_TRUE(cache.find("/a", {}));
    EXPECT_FALSE(cache.find("/b", {}));
}

TEST(ResponseCache, KeepsNothingThatIsLargerThanAllOfIt) {
    ResponseCache cache({.fresh_for = 30s, .max_bytes = 100});
    cache.store({.target = "/a"}, {.status = 200, .body = std::string(1'000, 'x')}, {});
    EXPECT_EQ(cache.bytes(), 0U);
}

TEST(ResponseCache, KeepsWhatAWriteDoesNotChange) {
    SchedulerBench bench(thirty_seconds);
    bench.make({.target = "/sites/B", .subject = {Resource::sites, "B"}});
    bench.answer(200, "old");
    bench.make({.method = HttpMethod::post, .target = "/sites/A", .subject = {Resource::sites, "A"}});
    bench.answer(200);
    EXPECT_EQ(outcome(bench.make({.target = "/sites/B", .subject = {Resource::sites, "B"}})), "old");
}

} // namespace
} // namespace fathom::detail
