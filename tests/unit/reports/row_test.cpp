#include <fathom/report.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/json.hpp"

namespace fathom {
namespace {

const PageviewQuery by_path{.aggregates = {PageviewMetric::visits, PageviewMetric("visitors")},
                            .field_grouping = Field::pathname};

template <class Metric>
std::vector<typename Report<Metric>::Row> rows_of(std::string_view body, const ReportQuery<Metric>& query) {
    detail::DriftLog drift;
    return detail::json::decode_rows(body, query, drift).value();
}

TEST(RowGet, GivesEachMetricAsANumber) {
    const PageviewRow row{.visits = 1, .uniques = 2, .pageviews = 3, .avg_duration = Seconds(4.5), .bounce_rate = 0.25};
    EXPECT_EQ(row.get(PageviewMetric::visits), 1);
    EXPECT_EQ(row.get(PageviewMetric::avg_duration), 4.5);
    EXPECT_EQ(row.get("bounce_rate"), 0.25);
    EXPECT_EQ(PageviewRow{}.get("visits"), std::nullopt);
    EXPECT_EQ((EventRow{.value = 7}).get(EventMetric::value), 7);
    EXPECT_EQ((EventRow{.unique_conversions = 8}).get("unique_conversions"), 8);
}

TEST(RowGet, GivesWhatThisVersionDoesNotKnow) {
    const auto rows = rows_of(
        R"([{"pathname":"/a","visits":"1","visitors":"12","score":1.5,"plan":"pro"},
            {"pathname":"/b","visits":"2","visitors":null,"score":2,"later":true},
            {"pathname":"/c","visitors":{"since":1},"score":[1]}])",
        by_path);
    EXPECT_EQ(rows[0].get("visitors"), 12);
    EXPECT_EQ(rows[0].get(PageviewMetric("visitors")), 12);
    EXPECT_EQ(rows[0].get("score"), 1.5);
    EXPECT_EQ(rows[0].fields[Field("plan")], "pro");
    EXPECT_EQ(rows[0].get("plan"), std::nullopt);
    EXPECT_EQ(rows[1].get("visitors"), std::nullopt);
    EXPECT_EQ(rows[1].get("score"), 2);
    EXPECT_EQ(rows[1].fields[Field::pathname], "/b");
    EXPECT_EQ(rows[2].get("score"), std::nullopt);
    EXPECT_EQ(rows[2].fields[Field::pathname], "/c");
    EXPECT_EQ(rows[2].visits, std::nullopt);
}

TEST(RowGet, GivesAMetricThatWasSentWithoutBeingAsked) {
    const auto rows = rows_of(R"([{"visits":1,"uniques":2}])", PageviewQuery{.aggregates = {PageviewMetric::visits}});
    EXPECT_EQ(rows[0].uniques, std::nullopt);
    EXPECT_EQ(rows[0].get(PageviewMetric::uniques), 2);
}

TEST(RowGet, WorksWhereTheFirstRowsHadNothingUnknown) {
    const auto rows = rows_of(R"([{"conversions":1},{"conversions":2,"refunds":3},{"conversions":4}])",
                              EventQuery{.aggregates = {EventMetric::conversions}});
    EXPECT_EQ(rows[0].get("refunds"), std::nullopt);
    EXPECT_EQ(rows[1].get("refunds"), 3);
    EXPECT_EQ(rows[2].get("refunds"), std::nullopt);
    EXPECT_EQ(rows[2].conversions, 4);
}

TEST(RowGet, KeepsABoundedNumberOfMembersThatAreNotKnown) {
    std::string body = "[";
    for (int i = 0; i < 1000; ++i) {
        body += (i == 0 ? "{\"m" : ",{\"m") + std::to_string(i) + "\":1,\"visits\":" + std::to_string(i) + "}";
    }
    const auto rows = rows_of(body + "]", PageviewQuery{.aggregates = {PageviewMetric::visits}});
    EXPECT_EQ(rows[0].get("m0"), 1);
    EXPECT_EQ(rows[999].get("m999"), std::nullopt);
    EXPECT_EQ(rows[999].visits, 999);
}

TEST(RowNames, AreTheFieldsThatHaveAValue) {
    const auto rows = rows_of(R"([{"pathname":"/","new":1},{"pathname":null}])", by_path);
    EXPECT_EQ(rows[0].fields.names(), (std::vector<Field>{Field::pathname, Field("new")}));
    EXPECT_EQ(rows[1].fields.names(), std::vector<Field>());
}

TEST(RowGet, IsEmptyInBucketsThatWereFilled) {
    using namespace std::chrono;
    const PageviewQuery daily{.aggregates = {PageviewMetric::visits, PageviewMetric("visitors")},
                              .date_grouping = DateGrouping::day,
                              .field_grouping = Field::pathname,
                              .date_from = local_days{2024y / January / 1},
                              .date_to = local_days{2024y / January / 2}};
    const auto filled =
        PageviewReport(daily, rows_of(R"([{"date":"2024-01-01","visits":1,"visitors":9,"pathname":"/"}])", daily))
            .fill_gaps()
            .value();
    ASSERT_EQ(filled.size(), 2U);
    EXPECT_EQ(filled[0].get("visitors"), 9);
    EXPECT_EQ(filled[1].get("visitors"), std::nullopt);
    EXPECT_EQ(filled[1].fields[Field::pathname], "/");
    EXPECT_EQ(filled[1].visits, 0);
}

} // namespace
} // namespace fathom
