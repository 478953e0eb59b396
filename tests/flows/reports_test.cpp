// Reports and current visitors.
#include "emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

class ReportFlow : public InBothDialects {
protected:
    static constexpr sys_days june{2024y / June / 1};
    static constexpr local_days local_june{2024y / June / 1};

    void add(sys_seconds at, const testing::VisitorTraits& traits, std::int64_t visits = 1) {
        emulator.add_pageviews(site.str(), {{.at = at, .traits = traits, .visits = visits}});
    }
    [[nodiscard]] PageviewReport report(const PageviewQuery& query) const {
        return client.aggregations().pageviews(site, query).value();
    }
};
FATHOM_IN_BOTH_DIALECTS(ReportFlow);

TEST_P(ReportFlow, SumsUpAllMetrics) {
    emulator.add_pageviews(site.str(),
                           {{.at = june, .visits = 4, .uniques = 3, .pageviews = 9, .duration = 40s, .bounces = 1}});
    const auto row = report({.aggregates = {PageviewMetric::visits, PageviewMetric::uniques, PageviewMetric::pageviews,
                                            PageviewMetric::avg_duration, PageviewMetric::bounce_rate}})[0];
    EXPECT_EQ(row.visits, 4);
    EXPECT_EQ(row.uniques, 3);
    EXPECT_EQ(row.pageviews, 9);
    EXPECT_DOUBLE_EQ(row.avg_duration.value().count(), 10.0);
    const bool is_live = GetParam() == testing::Dialect::live; // The value comes as the service sends it.
    EXPECT_DOUBLE_EQ(row.bounce_rate.value(), is_live ? 25.0 : 0.25);
    EXPECT_EQ(row.time, std::nullopt);
}

TEST_P(ReportFlow, GivesBucketsOfTheSitesClock) {
    add(june + 21h + 59min, {}); // 23:59 in Berlin
    add(june + 22h, {}, 2);
    const auto by_day = report({.aggregates = {PageviewMetric::visits},
                                .date_grouping = DateGrouping::day,
                                .sort_by = ascending(time_bucket)});
    ASSERT_EQ(by_day.size(), 2U);
    EXPECT_EQ(by_day[0].time, local_seconds{local_june});
    EXPECT_EQ(by_day[1].time, local_seconds{local_june + days{1}});
    EXPECT_EQ(by_day[1].visits, 2);
}

TEST_P(ReportFlow, FillsTheDaysWithoutAVisit) {
    add(june + 10h, {}, 3);
    add(june + days{3} + 10h, {}, 5);
    const auto by_day = report({.aggregates = {PageviewMetric::visits},
                                .date_grouping = DateGrouping::day,
                                .date_from = local_june,
                                .date_to = local_june + days{4}});
    const PageviewReport filled = by_day.fill_gaps().value();
    std::vector<std::int64_t> visits;
    for (const PageviewRow& row : filled) visits.push_back(row.visits.value());
    visits.resize(4);
    EXPECT_EQ(visits, (std::vector<std::int64_t>{3, 0, 0, 5}));
}

TEST_P(ReportFlow, CountsEachVisitOfWholeDaysOnceHoweverTheyAreCut) {
    const sys_seconds monday = june - 2h; // midnight in Berlin
    for (int quarter = 0; quarter < 14 * 4; ++quarter) add(monday + quarter * 6h, {});
    const auto visits_of = [this](const ReportRange& range) {
        const auto by_day = report(
            {.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day, .range = range, .limit = 100});
        EXPECT_EQ(by_day.size(), by_day.fill_gaps().value().size());
        std::int64_t visits = 0;
        for (const PageviewRow& row : by_day) visits += row.visits.value();
        return visits;
    };
    EXPECT_EQ(visits_of(between(2024y / June / 1, 2024y / June / 7)), 28);
    EXPECT_EQ(visits_of(between(2024y / June / 8, 2024y / June / 14)), 28);
    EXPECT_EQ(visits_of(between(2024y / June / 1, 2024y / June / 14)), 56);
}

TEST_P(ReportFlow, CountsEachVisitOfInstantsOnceHoweverTheyAreCut) {
    for (int i = 0; i < 48; ++i) add(june + i * 30min, {});
    const auto visits_of = [this](const ReportRange& range) {
        return report({.aggregates = {PageviewMetric::visits}, .range = range})[0].visits.value();
    };
    EXPECT_EQ(visits_of(half_open(june, june + 12h)), 24);
    EXPECT_EQ(visits_of(half_open(june + 12h, june + 24h)), 24);
    EXPECT_EQ(visits_of(half_open(june, june + 24h)), 48);
}

TEST_P(ReportFlow, ReadsARangeOfInstantsAndOneOfWallClockTimes) {
    add(june + 22h + 30min, {}); // half past midnight in Berlin
    const PageviewQuery by_clock{.aggregates = {PageviewMetric::visits},
                                 .timezone = "Europe/Berlin",
                                 .date_from = local_june + days{1},
                                 .date_to = local_june + days{2}};
    const PageviewQuery by_instant{
        .aggregates = {PageviewMetric::visits}, .date_from = june + 22h + 31min, .date_to = june + 23h};
    EXPECT_EQ(report(by_clock)[0].visits, 1);
    EXPECT_EQ(report(by_instant)[0].visits, 0);
}

TEST_P(ReportFlow, GivesTheValuesOfGroupedFieldsInTheOrderAsked) {
    add(june, {.pathname = "/a", .country_code = "DE"}, 1);
    add(june, {.pathname = "/b", .country_code = "DE"}, 3);
    add(june, {.pathname = "/b", .country_code = "FR"}, 2);
    const auto rows = report({.aggregates = {PageviewMetric::visits},
                              .field_grouping = {Field::pathname, Field::country_code},
                              .sort_by = descending(PageviewMetric::visits),
                              .limit = 2});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].fields[Field::pathname], "/b");
    EXPECT_EQ(rows[0].fields[Field::country_code], "DE");
    EXPECT_EQ(rows[1].fields[Field::country_code], "FR");
    EXPECT_TRUE(rows.possibly_truncated());
}

TEST_P(ReportFlow, FiltersByEveryComparison) {
    add(june, {.pathname = "/blog/one", .country_code = "DE"});
    add(june, {.pathname = "/blog/two", .country_code = "FR"});
    add(june, {.pathname = "/a \"quoted\" & path", .country_code = "FR"});
    const auto visits = [this](const Filter& filter) {
        return report({.aggregates = {PageviewMetric::visits}, .filters = {filter}})[0].visits.value();
    };
    EXPECT_EQ(visits(Field::pathname == "/blog/one"), 1);
    EXPECT_EQ(visits(Field::pathname == "/a \"quoted\" & path"), 1);
    EXPECT_EQ(visits(Field::country_code != "DE"), 2);
    EXPECT_EQ(visits(Field::pathname.like("/blog*")), 2);
    EXPECT_EQ(visits(Field::pathname.matching("^/blog/t")), 1);
    EXPECT_EQ(visits(Field::pathname.not_matching("^/blog/t")), 2);
    if (GetParam() == testing::Dialect::specification) return; // which has no "is not like"
    EXPECT_EQ(visits(Field::pathname.not_like("/blog*")), 1);
}

TEST_P(ReportFlow, CountsTheConversionsOfAnEvent) {
    emulator.add_event(site.str(), {.name = "Bought & paid"});
    emulator.add_conversions(site.str(), "Bought & paid",
                             {{.at = june, .conversions = 3, .unique_conversions = 2, .value_in_cents = 4'999}});
    const auto report = client.aggregations().events(
        site, "Bought & paid",
        {.aggregates = {EventMetric::conversions, EventMetric::unique_conversions, EventMetric::value}});
    ASSERT_TRUE(report) << report.error();
    EXPECT_EQ((*report)[0].conversions, 3);
    EXPECT_EQ((*report)[0].unique_conversions, 2);
    EXPECT_EQ((*report)[0].value, 4'999);
}

TEST_P(ReportFlow, CountsCurrentVisitors) {
    emulator.set_current_visitors(
        site.str(),
        {{.total = 2, .pathname = "/a", .referrer_hostname = "https://example.org"}, {.total = 1, .pathname = "/b"}});
    EXPECT_EQ(client.current_visitors().get(site).value().total, 3);
    const CurrentVisitors detailed = client.current_visitors().detailed(site).value();
    EXPECT_EQ(detailed.total, 3);
    ASSERT_FALSE(detailed.content.empty());
    EXPECT_EQ(detailed.content[0].pathname, "/a");
    EXPECT_EQ(detailed.content[0].total, 2);
    EXPECT_FALSE(detailed.referrers.empty());
}

} // namespace
} // namespace fathom
