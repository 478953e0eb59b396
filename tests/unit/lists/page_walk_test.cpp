#include "lists/page_walk.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

using Flags = std::vector<bool>;

/// Items with these cursors.
std::vector<ItemPosition> items(std::initializer_list<std::string_view> cursors) {
    std::vector<ItemPosition> all;
    for (const std::string_view cursor : cursors) all.push_back({.cursor = cursor});
    return all;
}

/// Items that were created in the order of the digit at the end of their cursors.
std::vector<ItemPosition> dated(std::initializer_list<std::string_view> cursors) {
    std::vector<ItemPosition> all = items(cursors);
    for (ItemPosition& item : all) item.created_at = std::chrono::sys_seconds{(item.cursor.back() - '0') * 1h};
    return all;
}

/// Items that are known by their names alone.
std::vector<ItemPosition> named(std::initializer_list<std::string_view> names) {
    std::vector<ItemPosition> all = items(names);
    for (ItemPosition& item : all) item.name = item.cursor;
    return all;
}

/// Takes a page in, and gives the error that the walk then ends with, if any.
std::optional<Error> fault_after(PageWalk& walk, const std::vector<ItemPosition>& page, bool has_more) {
    static_cast<void>(walk.take_in(page, has_more));
    return walk.fault();
}

const Error cursor_is_gone{.kind = ErrorKind::not_found, .message = "no such cursor"};

TEST(PageWalk, AsksForAHundredFromTheStartByDefault) {
    const PageWalk walk({});
    EXPECT_EQ(walk.next().limit, 100);
    EXPECT_EQ(walk.next().direction, Direction::forward);
    EXPECT_EQ(walk.next().cursor, std::nullopt);
}

TEST(PageWalk, GoesOnAfterTheLastItem) {
    PageWalk walk({});
    EXPECT_FALSE(fault_after(walk, items({"A", "B"}), true));
    EXPECT_EQ(walk.next().cursor, "B");
    EXPECT_FALSE(walk.is_over());
}

TEST(PageWalk, EndsWhereThereIsNoMore) {
    PageWalk walk({});
    EXPECT_FALSE(fault_after(walk, items({"A"}), false));
    EXPECT_TRUE(walk.is_over());
    EXPECT_EQ(walk.last_cursor(), "A");
}

TEST(PageWalk, EndsWithAnEmptyPage) {
    PageWalk walk({.starting_after = "X"});
    EXPECT_FALSE(fault_after(walk, {}, false));
    EXPECT_TRUE(walk.is_over());
    EXPECT_EQ(walk.last_cursor(), "X");
}

TEST(PageWalk, HasAnErrorBehindAnEmptyPageThatPromisesMore) {
    PageWalk walk({});
    const auto error = fault_after(walk, {}, true);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::pagination);
    EXPECT_FALSE(walk.is_over()); // the error comes yet
    EXPECT_FALSE(walk.take_in(*error));
    EXPECT_TRUE(walk.is_over());
}

TEST(PageWalk, GivesThePageThatHoldsTheCallersOwnCursorBeforeTheError) {
    PageWalk walk({.starting_after = "B"});
    const PageUse use = walk.take_in(items({"A", "B"}), true);
    EXPECT_EQ(use.was_given, (Flags{false, false}));
    EXPECT_TRUE(walk.fault());
}

TEST(PageWalk, RefusesACursorThatDoesNotMove) {
    PageWalk walk({});
    EXPECT_FALSE(fault_after(walk, items({"A"}), true));
    EXPECT_TRUE(fault_after(walk, items({"A"}), true));
}

TEST(PageWalk, RefusesACircleOfAnyLength) {
    for (int length = 2; length < 50; ++length) {
        PageWalk walk({});
        int pages = 0;
        while (!fault_after(walk, items({std::to_string(pages % length)}), true)) ASSERT_LT(++pages, 5 * length + 5);
    }
}

TEST(PageWalk, KeepsTheLastGoodCursorWhereTheServerRepeatsItself) {
    PageWalk walk({});
    EXPECT_FALSE(fault_after(walk, items({"A"}), true));
    EXPECT_FALSE(fault_after(walk, items({"B"}), true));
    EXPECT_TRUE(fault_after(walk, items({"B"}), true));
    EXPECT_EQ(walk.last_cursor(), "B");
}

TEST(PageWalk, RefusesToGoOnBehindAnItemWithoutAName) {
    PageWalk walk({});
    EXPECT_TRUE(fault_after(walk, items({""}), true));
}

TEST(PageWalk, GivesNoItemTwice) {
    PageWalk walk({});
    EXPECT_EQ(walk.take_in(items({"A", "B", "C"}), true).was_given, (Flags{false, false, false}));
    EXPECT_EQ(walk.take_in(items({"C", "B", "D", "D"}), false).was_given, (Flags{true, true, false, true}));
}

TEST(PageWalk, GoesBackwardBeforeTheOldestOfAPageThatComesLatestFirst) {
    PageWalk walk({.ending_before = "9"});
    EXPECT_EQ(walk.next().direction, Direction::backward);
    EXPECT_FALSE(walk.take_in(dated({"8", "7", "6"}), true).is_reversed);
    EXPECT_EQ(walk.next().cursor, "6");
}

TEST(PageWalk, GoesBackwardBeforeTheOldestOfAPageThatComesOldestFirst) {
    PageWalk walk({.ending_before = "9"});
    EXPECT_TRUE(walk.take_in(dated({"6", "7", "8"}), true).is_reversed);
    EXPECT_EQ(walk.next().cursor, "6");
}

TEST(PageWalk, GoesBackwardBeforeTheLastItemWhereNothingTellsTheOrder) {
    PageWalk walk({.ending_before = "9"});
    EXPECT_FALSE(walk.take_in(items({"8", "7"}), true).is_reversed);
    EXPECT_EQ(walk.next().cursor, "7");
}

TEST(PageWalk, GoesBackwardThroughNamesInEitherOrderOfThePage) {
    PageWalk walk({.ending_before = "Zoo"});
    EXPECT_TRUE(walk.take_in(named({"sale", "Signup", "view"}), true).is_reversed);
    EXPECT_EQ(walk.next().cursor, "sale");
    EXPECT_FALSE(walk.take_in(named({"Query", "login"}), true).is_reversed);
    EXPECT_EQ(walk.next().cursor, "login");
}

TEST(PageWalk, IsNotMisledByTimesOfCreationWhereNamesAreSorted) {
    PageWalk walk({.ending_before = "Z"});
    std::vector<ItemPosition> page = named({"a", "b", "c"});
    page[0].created_at = std::chrono::sys_seconds{9h};
    page[1].created_at = std::chrono::sys_seconds{5h};
    page[2].created_at = std::chrono::sys_seconds{1h};
    EXPECT_TRUE(walk.take_in(page, true).is_reversed);
    EXPECT_EQ(walk.next().cursor, "a");
}

TEST(PageWalk, GoesBackwardThroughAListThatDescends) {
    PageWalk walk({.ending_before = "0"});
    EXPECT_TRUE(walk.take_in(named({"a"}), true).is_reversed == false);
    EXPECT_FALSE(walk.take_in(named({"b", "c"}), true).is_reversed); // behind "a": they lead away from it
    EXPECT_EQ(walk.next().cursor, "c");
    EXPECT_TRUE(walk.take_in(named({"e", "d"}), true).is_reversed);
    EXPECT_EQ(walk.next().cursor, "e");
}

TEST(PageWalk, SeesByWhatItHasGivenThatItTookTheWrongEnd) {
    PageWalk walk({.ending_before = "9"});
    EXPECT_FALSE(walk.take_in(items({"5", "6", "7"}), true).is_reversed); // nothing tells that they lead to 9
    EXPECT_EQ(walk.next().cursor, "7");
    const PageUse use = walk.take_in(items({"4", "5", "6"}), true);
    EXPECT_TRUE(use.is_reversed);
    EXPECT_EQ(use.was_given, (Flags{false, true, true}));
    EXPECT_EQ(walk.next().cursor, "4");
}

TEST(PageWalk, GoesBackToItsStartWhereTheItemThatItStandsOnIsGone) {
    PageWalk walk({.starting_after = "X"});
    static_cast<void>(walk.take_in(items({"A", "B"}), true));
    EXPECT_TRUE(walk.take_in(cursor_is_gone));
    EXPECT_EQ(walk.next().cursor, "X");
    EXPECT_EQ(walk.take_in(items({"A", "C"}), false).was_given, (Flags{true, false}));
    EXPECT_TRUE(walk.is_over());
}

TEST(PageWalk, GoesBackToItsStartOnlyWhileThatBringsSomethingNew) {
    PageWalk walk({});
    static_cast<void>(walk.take_in(items({"A", "B"}), true));
    EXPECT_TRUE(walk.take_in(cursor_is_gone));
    static_cast<void>(walk.take_in(items({"A", "B"}), true));
    EXPECT_FALSE(walk.take_in(cursor_is_gone));
    EXPECT_TRUE(walk.is_over());
}

TEST(PageWalk, GoesBackToItsStartWhereNothingLiesBehindTheItemThatItStandsOnThoughThereWasMore) {
    PageWalk walk({.starting_after = "X"});
    static_cast<void>(walk.take_in(items({"A", "B"}), true));
    EXPECT_FALSE(fault_after(walk, {}, false));
    EXPECT_FALSE(walk.is_over());
    EXPECT_EQ(walk.next().cursor, "X");
    EXPECT_EQ(walk.take_in(items({"C"}), false).was_given, (Flags{false}));
    EXPECT_TRUE(walk.is_over());
}

TEST(PageWalk, EndsWhereNothingNewLiesBehindItsStart) {
    PageWalk walk({});
    static_cast<void>(walk.take_in(items({"A", "B"}), true));
    EXPECT_FALSE(fault_after(walk, {}, false));
    static_cast<void>(walk.take_in(items({"A", "B"}), true));
    EXPECT_FALSE(fault_after(walk, {}, false)); // once more nothing, and nothing new before it
    EXPECT_TRUE(walk.is_over());
    EXPECT_EQ(walk.last_cursor(), "B");
}

TEST(PageWalk, EndsWithAnEmptyPageFromItsStart) {
    PageWalk walk({});
    static_cast<void>(walk.take_in(items({"A", "B"}), true));
    EXPECT_FALSE(fault_after(walk, {}, false));
    EXPECT_FALSE(fault_after(walk, {}, false)); // all else is gone too
    EXPECT_TRUE(walk.is_over());
}

TEST(PageWalk, EndsWithAnErrorThatIsNotAboutTheCursor) {
    PageWalk first({});
    EXPECT_FALSE(first.take_in(cursor_is_gone)); // it has used none
    EXPECT_TRUE(first.is_over());

    PageWalk walk({});
    static_cast<void>(walk.take_in(items({"A"}), true));
    EXPECT_FALSE(walk.take_in(Error{.kind = ErrorKind::timeout}));
    EXPECT_TRUE(walk.is_over());
}

} // namespace
} // namespace fathom::detail
