#include "core/retry_budget.hpp"

#include <gtest/gtest.h>

#include "support/samples.hpp"

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

int retries_allowed(RetryBudget& budget, RetryBudget::TimePoint now) {
    int count = 0;
    while (budget.take_retry(now)) ++count;
    return count;
}

TEST(RetryBudget, AllowsItsReserveWhereCallsAreFew) {
    RetryBudget budget({.budget = 0.2, .budget_reserve = 3});
    EXPECT_EQ(retries_allowed(budget, start), 3);
}

TEST(RetryBudget, AllowsItsShareOfTheCallsWhereTheyAreMany) {
    RetryBudget budget({.budget = 0.2, .budget_reserve = 3});
    for (int i = 0; i < 100; ++i) budget.count_call(start);
    EXPECT_EQ(retries_allowed(budget, start), 20);
}

TEST(RetryBudget, ForgetsCallsAfterAMinute) {
    RetryBudget budget({.budget = 0.2, .budget_reserve = 0});
    for (int i = 0; i < 100; ++i) budget.count_call(start);
    EXPECT_EQ(retries_allowed(budget, start + 60s), 0);
}

TEST(RetryBudget, GivesRetriesBackAfterAMinute) {
    RetryBudget budget({.budget = 0.0, .budget_reserve = 2});
    EXPECT_EQ(retries_allowed(budget, start), 2);
    EXPECT_EQ(retries_allowed(budget, start + 59s), 0);
    EXPECT_EQ(retries_allowed(budget, start + 60s), 2);
}

TEST(RetryBudget, CountsTheEndOfAConnectionOnceHoweverManyCallsItCarried) {
    RetryBudget budget({.budget = 0.0, .budget_reserve = 2});
    for (int call = 0; call < 20; ++call) EXPECT_TRUE(budget.take_retry(start, 7));
    EXPECT_TRUE(budget.take_retry(start, 8));
    EXPECT_FALSE(budget.take_retry(start, 9));
    EXPECT_TRUE(budget.take_retry(start, 8)) << "it is paid for";
}

TEST(RetryBudget, KeepsRetriesWithoutAConnectionApart) {
    RetryBudget budget({.budget = 0.0, .budget_reserve = 2});
    EXPECT_TRUE(budget.take_retry(start));
    EXPECT_TRUE(budget.take_retry(start));
    EXPECT_FALSE(budget.take_retry(start));
}

} // namespace
} // namespace fathom::detail
