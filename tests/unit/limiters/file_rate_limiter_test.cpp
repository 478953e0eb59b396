#include <fathom/file_rate_limiter.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "limiters/limiter_state.hpp"
#include "support/limit_simulation.hpp"
#include "support/workers.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
using TimePoint = RateLimiter::Clock::time_point;

constexpr TimePoint start{1h};

class FileRateLimiterTest : public ::testing::Test {
protected:
    ~FileRateLimiterTest() override { std::filesystem::remove(path); }

    [[nodiscard]] int permits_left(RateLimiter& limiter, TimePoint now) const {
        int count = 0;
        while (limiter.acquire(LimitGroup::reports, now, 1min).value().permit) ++count;
        return count;
    }
    [[nodiscard]] std::string content() const {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const std::string& text) const { std::ofstream(path, std::ios::binary) << text; }

    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("fathom-limiter-" + std::to_string(::getpid()) + "-" +
                                                  ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::shared_ptr<RateLimiter> one = file_rate_limiter(path);
    std::shared_ptr<RateLimiter> other = file_rate_limiter(path);
};

TEST_F(FileRateLimiterTest, GrantsTheFirstTenAtOnce) { EXPECT_EQ(permits_left(*one, start), 10); }

TEST_F(FileRateLimiterTest, SharesThePermitsBetweenAllThatNameTheFile) {
    EXPECT_EQ(permits_left(*one, start), 10);
    EXPECT_EQ(permits_left(*other, start), 0);
}

TEST_F(FileRateLimiterTest, GivesAPermitBackAWindowAfterItsEndWhoeverAsks) {
    const auto permit = one->acquire(LimitGroup::reports, start, 1min).value().permit.value();
    one->release(LimitGroup::reports, permit, PermitUse::answered, start + 2s);
    EXPECT_EQ(permits_left(*other, start + 2s + 61s - 1ns), 9);
    EXPECT_EQ(permits_left(*other, start + 2s + 61s), 1);
}

TEST_F(FileRateLimiterTest, ClosesTheGroupForAll) {
    one->close(LimitGroup::reports, start + 30s, start);
    EXPECT_EQ(permits_left(*other, start + 29s), 0);
    EXPECT_EQ(permits_left(*other, start + 30s), 10);
}

TEST_F(FileRateLimiterTest, GivesBackByTimeWhatAKilledProcessHeld) {
    EXPECT_EQ(permits_left(*one, start), 10);
    one.reset();
    EXPECT_EQ(permits_left(*other, start + 1min + 71s - 1ns), 0);
    EXPECT_EQ(permits_left(*other, start + 1min + 71s), 10);
}

TEST_F(FileRateLimiterTest, StartsClosedForAWindowWhereItsFileIsCorrupt) {
    ASSERT_EQ(permits_left(*one, start), 10);
    std::string torn = content();
    torn.resize(torn.size() / 2);
    for (const std::string& text : {std::string("what is this?"), torn, torn + std::string(40, '9')}) {
        write(text);
        EXPECT_EQ(permits_left(*other, start), 0) << text;
        EXPECT_EQ(permits_left(*other, start + 61s), 10) << text;
    }
}

TEST_F(FileRateLimiterTest, StartsClosedForAWindowWhereTheMachinesClockBeganAnew) {
    ASSERT_EQ(permits_left(*one, start + 2000h), 10);
    one->close(LimitGroup::reports, start + 2000h, start + 2000h);
    EXPECT_EQ(permits_left(*other, start), 0);
    EXPECT_EQ(permits_left(*other, start + 61s), 10);
}

TEST_F(FileRateLimiterTest, LetsACallFailWhereItsFileCannotBeMade) {
    const auto limiter = file_rate_limiter("/nowhere/at/all");
    const auto admission = limiter->acquire(LimitGroup::reports, start, 1min);
    ASSERT_FALSE(admission);
    EXPECT_NE(admission.error().message.find("/nowhere/at/all"), std::string::npos);
}

TEST_F(FileRateLimiterTest, ReadsBackWhatItWrites) {
    detail::PoolStates states;
    states[0].last_id = 7;
    states[1].pace.paused_until = start;
    states[1].in_flight = {{7, start + 1s}, {8, start + 2s}};
    states[1].returning = {start, start + 1s};
    const auto read = detail::read_states(detail::write_states(states));
    ASSERT_TRUE(read);
    EXPECT_EQ(detail::write_states(*read), detail::write_states(states));
}

TEST_F(FileRateLimiterTest, HoldsForSixteenProcessesAtOnce) {
    Workers workers(path.string());
    for (int i = 0; i < 16; ++i) workers.start("3500");
    const std::vector<TimePoint> arrivals = workers.arrivals();
    EXPECT_LE(detail::most_in_sliding_window(arrivals, 1s), 10U);
    EXPECT_GE(arrivals.size(), 25U); // three windows and a bit, less what the latencies cost
}

TEST_F(FileRateLimiterTest, SurvivesAProcessThatDiesHoldingPermits) {
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
