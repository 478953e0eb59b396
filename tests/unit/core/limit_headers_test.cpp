#include "core/limit_headers.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/samples.hpp"
#include "support/scheduler_bench.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr std::nullopt_t another = std::nullopt; ///< What remains where another limit is used up.
using Hints = std::vector<LimitHint>;

Hints hints(const HttpHeaders& headers) { return limit_hints(headers, ten_a_minute, noon); }

void expect_hint(const HttpHeaders& headers, std::optional<std::size_t> remaining, std::chrono::seconds until) {
    EXPECT_EQ(hints(headers), (Hints{{remaining, until}}));
}

TEST(LimitHint, IsReadInEachForm) {
    expect_hint({{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "7"}, {"X-RateLimit-Reset", "20"}}, 7, 20s);
    expect_hint({{"ratelimit-limit", "10, 10;w=60"}, {"ratelimit-remaining", "0"}, {"ratelimit-reset", "5"}}, 0, 5s);
    expect_hint({{"RateLimit", "limit=10, remaining=3, reset=7"}}, 3, 7s);
    expect_hint({{"RateLimit-Policy", R"("hour";q=2000;w=3600, "minute";q=10;w=60)"},
                 {"RateLimit", R"("hour";r=1500;t=900, "minute";r=4;t=30)"}},
                4, 30s);
}

TEST(LimitHint, ReadsAResetThatIsATime) {
    expect_hint({{"X-RateLimit-Limit", "10"},
                 {"X-RateLimit-Remaining", "2"},
                 {"X-RateLimit-Reset", std::to_string((noon + 25s).time_since_epoch().count())}},
                2, 25s);
}

TEST(LimitHint, ReadsAResetThatIsATimeInMilliseconds) {
    const auto reset = std::chrono::sys_time<std::chrono::milliseconds>(noon + 24'500ms).time_since_epoch().count();
    expect_hint(
        {{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "2"}, {"X-RateLimit-Reset", std::to_string(reset)}}, 2,
        25s);
}

TEST(LimitHint, ReadsEachOfSeveralLimits) {
    expect_hint(
        {{"X-RateLimit-Limit", "10, 2000"}, {"X-RateLimit-Remaining", "4, 1500"}, {"X-RateLimit-Reset", "30, 900"}}, 4,
        30s);
    expect_hint({{"X-RateLimit-Limit", "2000"},
                 {"X-RateLimit-Remaining", "1500"},
                 {"X-RateLimit-Reset", "900"},
                 {"X-RateLimit-Limit", "10"},
                 {"X-RateLimit-Remaining", "4"},
                 {"X-RateLimit-Reset", "30"}},
                4, 30s);
    expect_hint({{"RateLimit-Policy", R"("hour";q=2000;w=3600)"},
                 {"RateLimit-Policy", R"("minute";q=10;w=60)"},
                 {"RateLimit", R"("hour";r=1500;t=900)"},
                 {"RateLimit", R"("minute";r=4;t=30)"}},
                4, 30s);
    EXPECT_EQ(hints({{"RateLimit-Policy", R"("second";q=2;w=1, "minute";q=10;w=60)"},
                     {"RateLimit", R"("second";r=0;t=1, "minute";r=4;t=30)"}}),
              (Hints{{another, 1s}, {4, 30s}}));
}

TEST(LimitHint, ProvesNothingWhereItCannotBeToldWhichNumberIsAboutWhat) {
    EXPECT_EQ(hints({{"X-RateLimit-Limit", "10, 60, 2000"}, {"X-RateLimit-Remaining", "4, 1500"}}), Hints{});
}

TEST(LimitHint, LooksForTheWindowInThePolicy) {
    for (const char* family : {"RateLimit", "X-RateLimit"}) {
        const std::string name = family;
        const HttpHeaders ours{
            {name + "-Limit", "10"}, {name + "-Remaining", "4"}, {name + "-Policy", "2;w=1, 10;w=60"}};
        const HttpHeaders others{{name + "-Limit", "10"}, {name + "-Remaining", "4"}, {name + "-Policy", "10;w=1"}};
        expect_hint(ours, 4, 60s);
        EXPECT_EQ(hints(others), Hints{}) << "ten in a second";
    }
    expect_hint({{"RateLimit-Limit", "10, 10;w=60, 2000;w=3600"}, {"RateLimit-Remaining", "4"}}, 4, 60s);
    expect_hint({{"RateLimit", "limit=10, remaining=4"}, {"RateLimit-Policy", "10;w=60"}}, 4, 60s);
    EXPECT_EQ(hints({{"RateLimit", "limit=10, remaining=4"}, {"RateLimit-Policy", "10;w=1"}}), Hints{});
}

TEST(LimitHint, ReadsAResetByTheServersClock) {
    expect_hint({{"Date", "Thu, 01 Jan 2026 09:00:00 GMT"},
                 {"X-RateLimit-Limit", "10"},
                 {"X-RateLimit-Remaining", "2"},
                 {"X-RateLimit-Reset", std::to_string((noon - 3h + 25s).time_since_epoch().count())}},
                2, 25s);
}

TEST(LimitHint, LastsAWindowWhereNoResetIsSaid) {
    expect_hint({{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "7"}}, 7, 60s);
}

TEST(LimitHint, ProvesNothingWhereItIsAboutAnotherLimit) {
    EXPECT_EQ(hints({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "5"}, {"X-RateLimit-Reset", "20"}}),
              Hints{});
    EXPECT_EQ(hints({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}}), Hints{});
    EXPECT_EQ(hints({{"X-RateLimit-Remaining", "5"}}), Hints{}) << "a limit that is not named";
    EXPECT_EQ(hints({{"RateLimit-Policy", R"("p";q=10;w=1)"}, {"RateLimit", R"("p";r=4;t=1)"}}), Hints{})
        << "another window";
}

TEST(LimitHint, WaitsForTheResetOfAnotherLimitThatIsUsedUp) {
    expect_hint({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "20"}}, another,
                20s);
    expect_hint({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "90000"}}, another,
                60s);
}

TEST(LimitHint, IsNothingWhereNothingReadableIsSaid) {
    EXPECT_EQ(hints({}), Hints{});
    for (const char* text : {"", "-1", "7 of 10", "many", "99999999999999999999999"}) {
        EXPECT_EQ(hints({{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", text}}), Hints{}) << text;
        EXPECT_EQ(hints({{"X-RateLimit-Limit", text}, {"X-RateLimit-Remaining", "5"}}), Hints{}) << text;
        EXPECT_EQ(hints({{"RateLimit", text}}), Hints{}) << text;
    }
}

class LimitHeaders : public ::testing::Test {
protected:
    [[nodiscard]] std::size_t free_permits() const {
        return bench.limiter->free_permits(LimitGroup::reports, bench.now.steady);
    }

    SchedulerBench bench{};
};

TEST_F(LimitHeaders, TakeAwayWhatAnotherProgramUsed) {
    bench.get("/a");
    bench.answer_with_remaining(4);
    EXPECT_EQ(free_permits(), 4U);
}

TEST_F(LimitHeaders, TakeNothingAwayWhereAnswersComeInAnotherOrder) {
    for (const char* target : {"/a", "/b", "/c"}) bench.get(target);
    bench.answer_with_remaining(7); // the server counted this one last
    EXPECT_EQ(free_permits(), 7U);
    bench.answer_with_remaining(9);
    bench.answer_with_remaining(8);
    EXPECT_EQ(free_permits(), 7U);
}

TEST_F(LimitHeaders, TakeNothingAwayFromAProgramThatIsAlone) {
    for (int number = 0; number < 10; ++number) {
        bench.get("/" + std::to_string(number));
        bench.answer_with_remaining(9 - number);
        EXPECT_EQ(free_permits(), static_cast<std::size_t>(9 - number));
    }
}

TEST_F(LimitHeaders, HoldEverythingWhileAnotherLimitIsUsedUp) {
    bench.get("/a");
    bench.answer(200);
    bench.pass(50s); // its permit is back in 11 s
    bench.get("/b");
    bench.answer_with({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "20"}});
    bench.pass(20s);
    EXPECT_EQ(free_permits(), 0U);
    bench.pass(1s);
    EXPECT_EQ(free_permits(), 9U);
}

TEST(LimitHeadersOfALimitWithoutBound, TakeNoTimeWhereAnotherLimitIsUsedUp) {
    const RateLimit off{.requests = std::numeric_limits<std::size_t>::max(), .window = 1h};
    SchedulerBench bench({}, {.resources = off, .reports = off});
    bench.get("/a");
    bench.answer_with({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "20"}});
    EXPECT_EQ(bench.limiter->free_permits(LimitGroup::reports, bench.now.steady), 0U);
    bench.pass(21s);
    EXPECT_EQ(bench.limiter->free_permits(LimitGroup::reports, bench.now.steady), off.requests - 1);
}

} // namespace
} // namespace fathom::detail
