#include "cli/words.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/exit_code.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;
using Unit = ReportRange::Relative::Unit;

TEST(Words, CountBackFromToday) {
    EXPECT_EQ(last("30d"), last_days(30));
    EXPECT_EQ(last("1d"), fathom::today());
    EXPECT_EQ(last("4w"), ReportRange(ReportRange::Relative{Unit::week, 3, 0}));
    EXPECT_EQ(last("6m"), last_months(6));
    EXPECT_EQ(last("2y"), ReportRange(ReportRange::Relative{Unit::year, 1, 0}));
}

TEST(Words, NameTheWholeUnitBeforeThisOne) {
    EXPECT_EQ(last("month"), last_month());
    EXPECT_EQ(last("week"), last_week());
    EXPECT_EQ(last("day"), yesterday());
    EXPECT_EQ(current("month"), this_month());
    EXPECT_EQ(current("week"), this_week());
    EXPECT_EQ(current("year"), this_year());
}

TEST(Words, RefuseRangesThatSayNothing) {
    for (const char* text : {"", "d", "0d", "-1d", "30", "30x", "3 d", "99999999999d", "fortnight"}) {
        EXPECT_THROW((void)last(text), UsageError) << text;
    }
    for (const char* text : {"", "day", "days", "30d"}) EXPECT_THROW((void)current(text), UsageError) << text;
}

TEST(Words, ReadADateThatExists) {
    EXPECT_EQ(date("--from", "2024-02-29"), 2024y / std::chrono::February / 29);
    for (const char* text :
         {"", "2023-02-29", "2024-2-29", "24-02-29", "2024-13-01", "2024-00-01", "2024/02/29", "+024-02-29"}) {
        EXPECT_THROW((void)date("--from", text), UsageError) << text;
    }
}

TEST(Words, CompareInSixWays) {
    EXPECT_EQ(filter("country_code=DE"), (Filter{Field("country_code"), FilterOperator::is, "DE"}));
    EXPECT_EQ(filter("pathname!=/"), (Filter{Field("pathname"), FilterOperator::is_not, "/"}));
    EXPECT_EQ(filter("pathname~/blog*"), (Filter{Field("pathname"), FilterOperator::is_like, "/blog*"}));
    EXPECT_EQ(filter("pathname!~/blog*"), (Filter{Field("pathname"), FilterOperator::is_not_like, "/blog*"}));
    EXPECT_EQ(filter("pathname=~^/blog"), (Filter{Field("pathname"), FilterOperator::matching, "^/blog"}));
    EXPECT_EQ(filter("pathname!=~^/blog"), (Filter{Field("pathname"), FilterOperator::not_matching, "^/blog"}));
}

TEST(Words, TakeWhateverAConditionComparesWith) {
    EXPECT_EQ(filter("utm_source=a=b"), (Filter{Field("utm_source"), FilterOperator::is, "a=b"}));
    EXPECT_EQ(filter("utm_source="), (Filter{Field("utm_source"), FilterOperator::is, ""}));
    EXPECT_EQ(filter("new_field=x").field.text(), "new_field");
    for (const char* text : {"", "pathname", "=x", "!x"}) EXPECT_THROW((void)filter(text), UsageError) << text;
}

TEST(Words, OrderByMetricFieldOrTime) {
    const std::vector<PageviewMetric> metrics{PageviewMetric::visits};
    EXPECT_EQ(order("-visits", metrics), SortBy<PageviewMetric>(descending(PageviewMetric::visits)));
    EXPECT_EQ(order("visits", metrics), SortBy<PageviewMetric>(ascending(PageviewMetric::visits)));
    EXPECT_EQ(order("-date", metrics), SortBy<PageviewMetric>(descending(time_bucket)));
    EXPECT_EQ(order("pathname", metrics), SortBy<PageviewMetric>(ascending(Field::pathname)));
}

TEST(Words, PartAtCommas) {
    EXPECT_EQ(parts_of("a,b"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(parts_of(",a,,b,"), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(parts_of("").empty());
}

} // namespace
} // namespace fathom::cli
