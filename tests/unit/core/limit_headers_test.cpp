#include "core/limit_headers.hpp"

#include <gtest/gtest.h>

#include "support/scheduler_bench.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + 12h;
constexpr RateLimit ten_a_minute{.requests = 10, .window = 60s};

std::optional<LimitHint> hint(const HttpHeaders& headers) { return limit_hint(headers, ten_a_minute, noon); }

void expect_hint(const HttpHeaders& headers, std::size_t remaining, std::chrono::seconds until) {
    const auto found = hint(headers);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->remaining, remaining);
    EXPECT_EQ(found->until, until);
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
    EXPECT_FALSE(hint({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "5"}, {"X-RateLimit-Reset", "20"}}));
    EXPECT_FALSE(hint({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}}));
    EXPECT_FALSE(hint({{"X-RateLimit-Remaining", "5"}})) << "a limit that is not named";
    EXPECT_FALSE(hint({{"RateLimit-Policy", R"("p";q=10;w=1)"}, {"RateLimit", R"("p";r=4;t=1)"}})) << "another window";
}

TEST(LimitHint, WaitsForTheResetOfAnotherLimitThatIsUsedUp) {
    expect_hint({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "20"}}, 0, 20s);
    expect_hint({{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "90000"}}, 0, 60s);
}

TEST(LimitHint, IsNothingWhereNothingReadableIsSaid) {
    EXPECT_FALSE(hint({}));
    for (const char* text : {"", "-1", "7 of 10", "many", "99999999999999999999999"}) {
        EXPECT_FALSE(hint({{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", text}})) << text;
        EXPECT_FALSE(hint({{"X-RateLimit-Limit", text}, {"X-RateLimit-Remaining", "5"}})) << text;
        EXPECT_FALSE(hint({{"RateLimit", text}})) << text;
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

} // namespace
} // namespace fathom::detail
