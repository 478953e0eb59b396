#include "lists/page_walk.hpp"

#include <gtest/gtest.h>

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

/// The item with this cursor; the digit at its end is its age order, as created_at.
ItemPosition item(const std::string& cursor, bool has_date) {
    ItemPosition position{cursor};
    if (has_date) position.created_at = std::chrono::sys_seconds{std::chrono::hours{cursor.back() - '0'}};
    return position;
}

/// A page of items with these cursors.
PageEnds items(std::initializer_list<const char*> cursors, bool have_dates = false) {
    return {item(*cursors.begin(), have_dates), item(*std::prev(cursors.end()), have_dates)};
}

TEST(PageWalk, AsksForAHundredFromTheStartByDefault) {
    const PageWalk walk({});
    EXPECT_EQ(walk.next().limit, 100);
    EXPECT_EQ(walk.next().direction, Direction::forward);
    EXPECT_EQ(walk.next().cursor, std::nullopt);
}

TEST(PageWalk, GoesOnAfterTheLastItem) {
    PageWalk walk({});
    EXPECT_FALSE(walk.take_in(items({"A", "B"}), true));
    EXPECT_EQ(walk.next().cursor, "B");
    EXPECT_FALSE(walk.is_over());
}

TEST(PageWalk, EndsWhereThereIsNoMore) {
    PageWalk walk({});
    EXPECT_FALSE(walk.take_in(items({"A"}), false));
    EXPECT_TRUE(walk.is_over());
    EXPECT_EQ(walk.last_cursor(), "A");
}

TEST(PageWalk, EndsWithAnEmptyPage) {
    PageWalk walk({.starting_after = "X"});
    EXPECT_FALSE(walk.take_in({}, false));
    EXPECT_TRUE(walk.is_over());
    EXPECT_EQ(walk.last_cursor(), "X");
}

TEST(PageWalk, RefusesAnEmptyPageThatPromisesMore) {
    PageWalk walk({});
    const auto error = walk.take_in({}, true);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::pagination);
}

TEST(PageWalk, RefusesACursorThatDoesNotMove) {
    PageWalk walk({});
    EXPECT_FALSE(walk.take_in(items({"A"}), true));
    EXPECT_TRUE(walk.take_in(items({"A"}), true));
    EXPECT_TRUE(walk.is_over());
}

TEST(PageWalk, RefusesACircleOfAnyLength) {
    for (int length = 2; length < 50; ++length) {
        PageWalk walk({});
        int pages = 0;
        while (!walk.take_in(items({std::to_string(pages % length).c_str()}), true)) ASSERT_LT(++pages, 5 * length + 5);
    }
}

TEST(PageWalk, KeepsTheLastGoodCursorWhereTheServerRepeatsItself) {
    PageWalk walk({});
    EXPECT_FALSE(walk.take_in(items({"A"}), true));
    EXPECT_FALSE(walk.take_in(items({"B"}), true));
    EXPECT_TRUE(walk.take_in(items({"B"}), true));
    EXPECT_EQ(walk.last_cursor(), "B");
}

TEST(PageWalk, GoesBackwardBeforeTheOldestOfAPageThatComesLatestFirst) {
    PageWalk walk({.ending_before = "9"});
    EXPECT_EQ(walk.next().direction, Direction::backward);
    const auto page = items({"8", "7", "6"}, true);
    EXPECT_FALSE(walk.is_against_walk(page));
    EXPECT_FALSE(walk.take_in(page, true));
    EXPECT_EQ(walk.next().cursor, "6");
}

TEST(PageWalk, GoesBackwardBeforeTheOldestOfAPageThatComesOldestFirst) {
    PageWalk walk({.ending_before = "9"});
    const auto page = items({"6", "7", "8"}, true);
    EXPECT_TRUE(walk.is_against_walk(page));
    EXPECT_FALSE(walk.take_in(page, true));
    EXPECT_EQ(walk.next().cursor, "6");
}

TEST(PageWalk, GoesBackwardBeforeTheLastItemWhereDatesSayNothing) {
    PageWalk walk({.ending_before = "9"});
    EXPECT_FALSE(walk.take_in(items({"8", "7"}), true));
    EXPECT_EQ(walk.next().cursor, "7");
}

TEST(PageWalk, RefusesToGoOnBehindAnItemWithoutAName) {
    PageWalk walk({});
    EXPECT_TRUE(walk.take_in(items({""}), true));
}

} // namespace
} // namespace fathom::detail
