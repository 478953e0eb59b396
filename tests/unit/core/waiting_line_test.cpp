#include "core/waiting_line.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fathom::detail {
namespace {

std::shared_ptr<Call> call(std::uint64_t place, Priority priority = Priority::background) {
    auto made = std::make_shared<Call>(OperationRequest{}, Call::TimePoint::max(), CallOptions{.priority = priority});
    made->progress.place = place;
    return made;
}

/// The places in the order in which the line serves them.
std::string served(WaitingLine& line) {
    std::string order;
    while (!line.empty()) order += std::to_string(line.serve_next()->progress.place) + " ";
    return order;
}

TEST(WaitingLine, ServesInOrderOfArrival) {
    WaitingLine line;
    for (const std::uint64_t sequence : {1U, 2U, 3U}) line.join(call(sequence));
    EXPECT_EQ(served(line), "1 2 3 ");
}

TEST(WaitingLine, GivesACallThatComesBackTheOldPlace) {
    WaitingLine line;
    for (const std::uint64_t sequence : {2U, 3U, 1U}) line.join(call(sequence));
    EXPECT_EQ(served(line), "1 2 3 ");
}

TEST(WaitingLine, TellsHowManyAreAhead) {
    WaitingLine line;
    EXPECT_EQ(line.join(call(1)), 0U);
    EXPECT_EQ(line.join(call(2)), 1U);
    EXPECT_EQ(line.join(call(4, Priority::interactive)), 0U);
    EXPECT_EQ(line.join(call(0)), std::nullopt) << "others of its lane came later";
}

TEST(WaitingLine, ServesInteractiveCallsFirst) {
    WaitingLine line;
    line.join(call(1));
    line.join(call(2, Priority::interactive));
    EXPECT_EQ(served(line), "2 1 ");
}

TEST(WaitingLine, LetsABackgroundCallThroughAfterFourInteractiveOnes) {
    WaitingLine line;
    line.join(call(1));
    line.join(call(2));
    for (std::uint64_t sequence = 3; sequence < 12; ++sequence) line.join(call(sequence, Priority::interactive));
    EXPECT_EQ(served(line), "3 4 5 6 1 7 8 9 10 2 11 ");
}

TEST(WaitingLine, ForgetsACallThatLeaves) {
    WaitingLine line;
    const auto leaving = call(2);
    line.join(call(1));
    line.join(leaving);
    line.join(call(3));
    line.leave(*leaving);
    EXPECT_EQ(served(line), "1 3 ");
}

TEST(WaitingLine, KnowsTheCallsThatWouldRatherFailThanWait) {
    WaitingLine line;
    auto impatient = std::make_shared<Call>(OperationRequest{}, Call::TimePoint::max(),
                                            CallOptions{.when_limited = WhenLimited::fail});
    EXPECT_TRUE(line.impatient().empty());
    line.join(impatient);
    EXPECT_EQ(line.impatient(), std::vector{impatient});
    line.leave(*impatient);
    EXPECT_TRUE(line.impatient().empty());
}

} // namespace
} // namespace fathom::detail
