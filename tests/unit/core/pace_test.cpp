#include "core/pace.hpp"

#include <gtest/gtest.h>

#include "support/samples.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;
using TimePoint = Pace::TimePoint;

class PaceOfTen : public ::testing::Test {
protected:
    /// A call that was sent beside so many is refused; none is left in flight.
    void refuse(std::size_t beside, TimePoint now, std::size_t served_lately = 0) {
        pace.refused({.at = now, .beside = beside}, std::nullopt, 0, served_lately, now);
    }
    void serve(std::size_t beside, TimePoint now) { pace.served({.at = now, .beside = beside}, now); }
    [[nodiscard]] Pace::Clock::duration pause_from(TimePoint now) const { return pace.opens_at() - now; }

    Pace pace{{.requests = 10, .window = 60s}, 61s};
};

TEST_F(PaceOfTen, StartsOpen) {
    EXPECT_EQ(pace.most_in_flight(), std::nullopt);
    EXPECT_EQ(pace.spacing(), 0s);
    EXPECT_LE(pace.opens_at(), start);
}

TEST_F(PaceOfTen, HalvesItsWindowWhereACallIsRefusedBesideOthers) {
    refuse(8, start);
    EXPECT_EQ(pace.most_in_flight(), 4U);
    refuse(4, start + 10s);
    EXPECT_EQ(pace.most_in_flight(), 2U);
}

TEST_F(PaceOfTen, TakesAllRefusalsOfOneRoundForOne) {
    refuse(8, start);
    for (int i = 0; i < 7; ++i) pace.refused({.at = start - 1s, .beside = 7}, std::nullopt, 3, 0, start + 1ms);
    EXPECT_EQ(pace.most_in_flight(), 4U);
}

TEST_F(PaceOfTen, NeverClosesItsWindow) {
    for (int i = 0; i < 100; ++i) refuse(2, start + i * 1min);
    EXPECT_EQ(pace.most_in_flight(), 1U);
}

TEST_F(PaceOfTen, WidensItsWindowByOneAfterEnoughSuccessesInAFullOne) {
    refuse(4, start);
    for (int i = 0; i < 7; ++i) serve(2, start + 1s);
    serve(1, start + 1s); // proves nothing about two
    EXPECT_EQ(pace.most_in_flight(), 2U);
    serve(2, start + 1s);
    EXPECT_EQ(pace.most_in_flight(), 3U);
}

TEST_F(PaceOfTen, TakesBackAWideningThatWasRefusedAndWaitsTwiceAsLong) {
    refuse(4, start);
    for (int i = 0; i < 8; ++i) serve(2, start + 1s);
    refuse(3, start + 2s);
    EXPECT_EQ(pace.most_in_flight(), 2U);
    for (int i = 0; i < 15; ++i) serve(2, start + 3s);
    EXPECT_EQ(pace.most_in_flight(), 2U);
    serve(2, start + 3s);
    EXPECT_EQ(pace.most_in_flight(), 3U);
}

TEST_F(PaceOfTen, PausesNotWhileOthersAreInFlight) {
    pace.refused({.at = start, .beside = 4}, 30s, 3, 0, start);
    EXPECT_LE(pace.opens_at(), start) << "their answers are the clock";
}

TEST_F(PaceOfTen, PausesLongerWithEachRefusalInARow) {
    TimePoint now = start;
    Pace::Clock::duration last{};
    for (int i = 0; i < 4; ++i) {
        refuse(1, now);
        EXPECT_GE(pause_from(now), last) << i;
        last = pause_from(now);
        now = pace.opens_at();
    }
    EXPECT_GE(last, 20s);
}

TEST_F(PaceOfTen, NeverPausesLongerThanAWindowOfItsOwnAccord) {
    TimePoint now = start;
    for (int i = 0; i < 50; ++i) {
        refuse(1, now);
        ASSERT_LE(pace.state().paused_until - now, 60s);
        now += 1h;
    }
}

TEST_F(PaceOfTen, PausesAsLongAsItIsAsked) {
    pace.refused({.at = start, .beside = 1}, 301s, 0, 0, start);
    EXPECT_EQ(pause_from(start), 301s);
}

TEST_F(PaceOfTen, ForgetsWhatItTookForACapWhereALonelyCallIsRefused) {
    refuse(8, start);
    refuse(1, start + 1min);
    EXPECT_EQ(pace.most_in_flight(), std::nullopt);
}

TEST_F(PaceOfTen, SpacesItsCallsWhereItsOwnDoNotExplainTheRefusal) {
    refuse(1, start, 7);
    EXPECT_EQ(pace.requests(), 8U) << "about three quarters";
    EXPECT_EQ(pace.spacing(), 61s / 8.0);
}

TEST_F(PaceOfTen, LeavesItsSpeedAloneAfterOneStrayRefusal) {
    refuse(1, start, 0);
    EXPECT_EQ(pace.requests(), 10U);
    EXPECT_EQ(pace.spacing(), 0s);
}

TEST_F(PaceOfTen, SlowsDownAgainWhereTheFirstStepWasNotEnough) {
    for (int i = 0; i < 3; ++i) refuse(1, start + i * 1min, 7);
    EXPECT_EQ(pace.requests(), 8U) << "once";
    refuse(1, start + 3min, 4);
    EXPECT_EQ(pace.requests(), 6U) << "the fourth in a row";
}

TEST_F(PaceOfTen, GivesWayToOthersToALittleBelowHalfAndFurtherOnlyWhereRefusalsRepeat) {
    TimePoint now = start;
    for (int i = 0; i < 10; ++i, now += 10s) { // single ones
        refuse(1, now, 3);
        serve(1, now + 1s);
    }
    EXPECT_EQ(pace.requests(), 4U);
    for (int i = 0; i < 3; ++i, now += 10s) refuse(1, now, 3);
    EXPECT_EQ(pace.requests(), 3U);
}

TEST_F(PaceOfTen, SpeedsUpAgainStepByStep) {
    refuse(1, start, 7);
    TimePoint now = start;
    for (const std::size_t expected : {9U, 10U}) {
        now += 1min;
        serve(1, now);
        EXPECT_EQ(pace.requests(), expected);
    }
    EXPECT_GT(pace.spacing(), 0s) << "at the full limit, but evenly";
    serve(1, now + 1min);
    EXPECT_EQ(pace.spacing(), 0s);
}

TEST_F(PaceOfTen, ProbesWithOneCallUntilOneIsServed) {
    EXPECT_FALSE(pace.probing_since());
    refuse(4, start);
    EXPECT_EQ(pace.probing_since(), start);
    pace.served({.at = start - 1s, .beside = 2}, start + 1s); // sent before: proves nothing
    EXPECT_TRUE(pace.probing_since());
    serve(1, start + 2s);
    EXPECT_FALSE(pace.probing_since());
}

TEST(PaceWithACap, NeverHasMoreInFlightThanItIsTold) {
    Pace pace({.requests = 10, .window = 60s, .max_in_flight = 3}, 61s);
    EXPECT_EQ(pace.most_in_flight(), 3U);
    pace.refused({.at = start, .beside = 3}, std::nullopt, 0, 0, start);
    EXPECT_EQ(pace.most_in_flight(), 1U);
}

TEST(PaceWithACap, LetsOneOutWhereItIsToldNone) {
    EXPECT_EQ(Pace({.requests = 10, .window = 60s, .max_in_flight = 0}, 61s).most_in_flight(), 1U);
}

} // namespace
} // namespace fathom::detail
