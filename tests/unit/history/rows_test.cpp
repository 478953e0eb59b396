// The rows of a bucket that took several answers.
#include "history/rows.hpp"

#include <gtest/gtest.h>

#include <fathom/testing/values.hpp>

namespace fathom::detail::history {
namespace {

class KnownRowsTest : public ::testing::Test {
protected:
    [[nodiscard]] static PageviewRow row(const std::string& path, std::int64_t pageviews) {
        PageviewRow row;
        row.fields = {{Field::pathname, path}};
        row.pageviews = pageviews;
        return row;
    }

    KnownRows<PageviewMetric> known{{Field::pathname}};
};

TEST_F(KnownRowsTest, HaveEachRowOnceThatSeveralAnswersHave) {
    known.add({row("/a", 1), row("/b", 2)});
    known.add({row("/b", 2), row("/c", 3)});
    EXPECT_EQ(known.sum(), 6);
    EXPECT_EQ(known.all().size(), 3U);
}

TEST_F(KnownRowsTest, HaveRowsThatAreAlikeHereAsOftenAsOneAnswerHasThem) {
    known.add({row("/\uFFFD", 5)});
    known.add({row("/\uFFFD", 5), row("/\uFFFD", 4)});
    known.add({row("/\uFFFD", 4)});
    EXPECT_EQ(known.sum(), 9);
    EXPECT_EQ(known.all().size(), 2U);
}

} // namespace
} // namespace fathom::detail::history
