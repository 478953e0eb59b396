#include "core/limit_headers.hpp"

#include <gtest/gtest.h>

#include "support/scheduler_bench.hpp"

namespace fathom::detail {
namespace {

TEST(RemainingRequests, AreReadUnderBothNames) {
    EXPECT_EQ(remaining_requests({{"X-RateLimit-Remaining", "7"}}), 7U);
    EXPECT_EQ(remaining_requests({{"ratelimit-remaining", "0"}}), 0U);
}

TEST(RemainingRequests, AreUnknownWhereNothingReadableIsSaid) {
    EXPECT_EQ(remaining_requests({}), std::nullopt);
    for (const char* text : {"", "-1", "7 of 10", "many", "99999999999999999999999"}) {
        EXPECT_EQ(remaining_requests({{"X-RateLimit-Remaining", text}}), std::nullopt) << text;
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
