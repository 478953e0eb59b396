// Aggregations and current visitors, in the specification's dialect.
#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

class EmulatorReports : public ::testing::Test {
protected:
    EmulatorReports() { emulator_.add_site({.id = "SITE", .timezone = "Europe/Berlin"}); }

    RawAnswer ask(const std::string& parameters) {
        return client_.get("/aggregations?entity=pageview&entity_id=SITE&" + parameters);
    }
    Json rows(const std::string& parameters) { return ask(parameters).json().at("data"); }
    Json filtered(const Json& filters) {
        return rows("aggregates=visits&field_grouping=pathname&sort_by=pathname:asc&filters=" +
                    percent_encode(filters.dump()));
    }
    void add(std::chrono::sys_seconds at, const VisitorTraits& traits = {}, std::int64_t visits = 1) {
        emulator_.add_pageviews("SITE", {{.at = at, .traits = traits, .visits = visits}});
    }

    static EmulatorOptions unlimited() {
        EmulatorOptions options = empty_emulator();
        options.limits.enforced = false;
        return options;
    }

    Emulator emulator_{unlimited()};
    RawClient client_{emulator_};
    std::chrono::sys_days june_{std::chrono::June / 1 / 2024};
};

TEST_F(EmulatorReports, SumsUpEverythingWithoutAGrouping) {
    emulator_.add_pageviews("SITE",
                            {{.at = june_, .visits = 3, .uniques = 2, .pageviews = 5, .duration = 30s, .bounces = 1},
                             {.at = june_ + 25h, .visits = 1, .uniques = 1, .pageviews = 1, .duration = 11s}});
    EXPECT_EQ(rows("aggregates=visits,uniques,pageviews,avg_duration,bounce_rate"), Json::parse(R"([{"visits":"4",
        "uniques":"3","pageviews":"6","avg_duration":"10.2500","bounce_rate":"0.2500"}])"));
}

TEST_F(EmulatorReports, GivesOneRowOfZerosWhereThereIsNothing) {
    EXPECT_EQ(rows("aggregates=visits,avg_duration"), Json::parse(R"([{"visits":"0","avg_duration":"0.0000"}])"));
    EXPECT_EQ(rows("aggregates=visits&date_grouping=day"), Json::array());
}

TEST_F(EmulatorReports, GroupsByTheClockOfTheSitesZoneAndLeavesOutEmptyBuckets) {
    add(june_ + 21h + 59min); // 23:59 in Berlin.
    add(june_ + 22h);         // Midnight.
    add(june_ + std::chrono::days{3});
    const std::string question = "aggregates=visits&sort_by=timestamp:asc&date_grouping=";
    EXPECT_EQ(rows(question + "day"), Json::parse(R"([{"visits":"1","date":"2024-06-01"},
        {"visits":"1","date":"2024-06-02"},{"visits":"1","date":"2024-06-04"}])"));
    EXPECT_EQ(rows(question + "day&timezone=UTC").at(0), Json::parse(R"({"visits":"2","date":"2024-06-01"})"));
    EXPECT_EQ(rows(question + "month"), Json::parse(R"([{"visits":"3","date":"2024-06"}])"));
    EXPECT_EQ(rows(question + "year"), Json::parse(R"([{"visits":"3","date":"2024"}])"));
    EXPECT_EQ(rows(question + "hour&date_from=2024-06-01%2000:00:00&date_to=2024-06-02%2023:59:59").at(1),
              Json::parse(R"({"visits":"1","date":"2024-06-02 00:00:00"})"));
}

TEST_F(EmulatorReports, FollowsTheClockThroughTheNightThatHasAnHourTwice) {
    const std::chrono::sys_days night{std::chrono::October / 29 /
                                      2023}; // 02:00 comes twice in Berlin, at 00 and 01 UTC.
    add(night - 2h);                         // 00:00, still in summer.
    add(night);                              // 02:00, the first.
    add(night + 1h);                         // 02:00, the second.
    add(night + 22h);                        // 23:00, in winter.
    add(night + 23h);                        // The next day.
    const std::string range = "&date_from=2023-10-29%2000:00:00&date_to=2023-10-29%2023:59:59";
    EXPECT_EQ(rows("aggregates=visits&date_grouping=day" + range),
              Json::parse(R"([{"visits":"4","date":"2023-10-29"}])"));
    EXPECT_EQ(rows("aggregates=visits&date_grouping=hour&sort_by=timestamp:asc" + range),
              Json::parse(R"([{"visits":"1","date":"2023-10-29 00:00:00"},{"visits":"2","date":"2023-10-29 02:00:00"},
                              {"visits":"1","date":"2023-10-29 23:00:00"}])"));
}

TEST_F(EmulatorReports, HasHalfHoursToo) {
    add(june_ + 18h + 29min);
    add(june_ + 18h + 30min);
    EXPECT_EQ(rows("aggregates=visits&date_grouping=day&timezone=Asia/Kolkata").size(), 2U);
}

TEST_F(EmulatorReports, TakesUnixTimesAndIncludesBothEnds) {
    add(june_);
    add(june_ + 10s);
    const std::int64_t begin = std::chrono::sys_seconds{june_}.time_since_epoch().count();
    const auto visits = [&](std::int64_t from, std::int64_t to) {
        return rows("aggregates=visits&date_from=" + std::to_string(from) + "&date_to=" + std::to_string(to))
            .at(0)
            .at("visits");
    };
    EXPECT_EQ(visits(begin, begin + 10), "2");
    EXPECT_EQ(visits(begin + 1, begin + 10), "1");
    EXPECT_EQ(visits(begin, begin + 9), "1");
}

TEST_F(EmulatorReports, LimitsHoursToSevenDays) {
    const auto status = [&](const std::string& parameters) {
        return ask("aggregates=visits&date_grouping=hour" + parameters).status;
    };
    add(june_ - std::chrono::days{30});
    EXPECT_EQ(status(""), 400);
    EXPECT_EQ(status("&date_from=2024-06-01&date_to=2024-06-08"), 200);
    EXPECT_EQ(status("&date_from=2024-06-01&date_to=2024-06-08%2000:00:01"), 400);
    EXPECT_EQ(status("&date_from=2023-10-23&date_to=2023-10-30"), 200) << "a week with an hour more";
}

TEST_F(EmulatorReports, GroupsByFieldsAndSorts) {
    add(june_, {.pathname = "/a", .country_code = "DE"}, 5);
    add(june_, {.pathname = "/b", .country_code = "DE"}, 7);
    add(june_, {.pathname = "/a", .country_code = "US"}, 1);
    EXPECT_EQ(rows("aggregates=visits&field_grouping=pathname&sort_by=visits:desc"),
              Json::parse(R"([{"visits":"7","pathname":"/b"},{"visits":"6","pathname":"/a"}])"));
    EXPECT_EQ(rows("aggregates=visits&field_grouping=country_code,pathname&sort_by=visits:asc").at(0),
              Json::parse(R"({"visits":"1","country_code":"US","pathname":"/a"})"));
    EXPECT_EQ(rows("aggregates=visits&field_grouping=pathname&date_grouping=year&sort_by=pathname:desc&limit=1"),
              Json::parse(R"([{"visits":"7","date":"2024","pathname":"/b"}])"));
}

TEST_F(EmulatorReports, KnowsEveryField) {
    add(june_);
    for (const char* field : {"hostname",     "pathname",          "referrer_hostname", "browser",    "country_code",
                              "city",         "device_type",       "operating_system",  "utm_source", "utm_medium",
                              "utm_campaign", "utm_content",       "utm_term",          "keyword",    "entry_page",
                              "exit_page",    "referrer_pathname", "referrer_source",   "state",      "region",
                              "ref"})
        EXPECT_EQ(ask(std::string("aggregates=visits&field_grouping=") + field).status, 200) << field;
    EXPECT_EQ(ask("aggregates=visits&field_grouping=domain").status, 400);
    EXPECT_EQ(ask("aggregates=visits&field_grouping=shoe_size").status, 400);
}

TEST_F(EmulatorReports, CutsSilentlyAtFiveHundredRows) {
    std::vector<EmulatedPageviews> pageviews;
    for (int page = 0; page < 600; ++page)
        pageviews.push_back({.at = june_, .traits = {.pathname = std::string("/").append(std::to_string(page))}});
    emulator_.add_pageviews("SITE", pageviews);
    EXPECT_EQ(rows("aggregates=visits&field_grouping=pathname").size(), 500U);
    EXPECT_EQ(rows("aggregates=visits&field_grouping=pathname&limit=550").size(), 550U);
    EXPECT_EQ(ask("aggregates=visits&limit=0").status, 400);
}

TEST_F(EmulatorReports, FiltersWithAllOperators) {
    for (const char* path : {"/", "/blog", "/blog/a_b", "/blog/axb"}) add(june_, {.pathname = path});
    const auto paths = [&](const char* operation, const char* value) {
        std::string found;
        for (const Json& row : filtered({{{"property", "pathname"}, {"operator", operation}, {"value", value}}}))
            found += row.at("pathname").get<std::string>() + " ";
        return found;
    };
    EXPECT_EQ(paths("is", "/blog"), "/blog ");
    EXPECT_EQ(paths("is not", "/blog"), "/ /blog/a_b /blog/axb ");
    EXPECT_EQ(paths("is like", "/blog*"), "/blog /blog/a_b /blog/axb ");
    EXPECT_EQ(paths("is like", "/blog/a_b"), "/blog/a_b ");
    EXPECT_EQ(paths("is like", "LOG/a"), "/blog/a_b /blog/axb ");
    EXPECT_EQ(paths("is like", "b*b"), "/blog/a_b /blog/axb ") << "contains the term, wherever";
    EXPECT_EQ(paths("is like", "*"), "/ /blog /blog/a_b /blog/axb ");
    EXPECT_EQ(paths("is like", "a%b"), "");
    EXPECT_EQ(paths("is not like", "*/a*"), "/ /blog ");
    EXPECT_EQ(paths("is not like", "g/a"), "/ /blog ");
    EXPECT_EQ(paths("matching", "^/blog/a.b$"), "/blog/a_b /blog/axb ");
    EXPECT_EQ(paths("not matching", "blog"), "/ ");
}

TEST_F(EmulatorReports, FindsATermBelowWhicheverPathItStands) {
    for (const char* path : {"/", "/blog", "/blog/x", "/de/blog/x", "/weblogs"}) add(june_, {.pathname = path});
    const auto paths = [&](const char* term) {
        std::vector<std::string> found;
        for (const Json& row : filtered({{{"property", "pathname"}, {"operator", "is like"}, {"value", term}}}))
            found.push_back(row.at("pathname").get<std::string>());
        return found;
    };
    EXPECT_EQ(paths("blog"), (std::vector<std::string>{"/blog", "/blog/x", "/de/blog/x", "/weblogs"}));
    EXPECT_EQ(paths("/blog/*"), (std::vector<std::string>{"/blog/x", "/de/blog/x"}));
}

TEST_F(EmulatorReports, CombinesFiltersAndTakesEitherKey) {
    add(june_, {.hostname = "https://one.example", .pathname = "/a", .country_code = "DE"});
    add(june_, {.hostname = "https://one.example", .pathname = "/b", .country_code = "US"});
    add(june_, {.hostname = "https://two.example", .pathname = "/c", .country_code = "DE"});
    const Json rows = filtered({{{"field", "country_code"}, {"operator", "is"}, {"value", "DE"}},
                                {{"property", "domain"}, {"operator", "is"}, {"value", "one.example"}}});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.at(0).at("pathname"), "/a");
}

TEST_F(EmulatorReports, RefusesBadFilters) {
    for (const char* filters : {"x", "{}", "[1]", "[{}]", R"([{"property":"pathname","operator":"is"}])",
                                R"([{"property":"shoe_size","operator":"is","value":"1"}])",
                                R"([{"property":"pathname","operator":"was","value":"1"}])",
                                R"([{"property":"pathname","operator":"matching","value":"("}])"})
        EXPECT_EQ(ask("aggregates=visits&filters=" + percent_encode(filters)).status, 400) << filters;
}

TEST_F(EmulatorReports, RefusesPatternsBeyondReason) {
    const auto status = [&](const std::string& pattern) {
        const Json filters{{{"property", "pathname"}, {"operator", "matching"}, {"value", pattern}}};
        return ask("aggregates=visits&filters=" + percent_encode(filters.dump())).status;
    };
    const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "a" + std::string(depth, ')'); };
    EXPECT_EQ(status(nested(250)), 200);
    EXPECT_EQ(status(nested(251)), 400);
    EXPECT_EQ(status(std::string(4'096, 'a')), 200);
    EXPECT_EQ(status(std::string(4'097, 'a')), 400);
    std::string side_by_side;
    for (int group = 0; group < 300; ++group) side_by_side += R"([(]\((a))";
    EXPECT_EQ(status(side_by_side), 200);
}

TEST_F(EmulatorReports, TakeTheLastOfAParameterThatIsGivenTwice) {
    EXPECT_EQ(ask("aggregates=conversions&aggregates=visits").status, 200);
    EXPECT_EQ(ask("aggregates=visits&aggregates=conversions").status, 400);
}

TEST_F(EmulatorReports, DoesNotTakeTextForSql) {
    add(june_, {.pathname = "/"});
    EXPECT_EQ(filtered({{{"property", "pathname"}, {"operator", "is"}, {"value", "' OR 1=1 --"}}}), Json::array());
    EXPECT_EQ(client_.get("/sites/" + percent_encode("' OR 1=1 --")).status, 404);
}

TEST_F(EmulatorReports, RefusesBadQuestions) {
    for (const char* parameters :
         {"", "aggregates=conversions", "aggregates=visits&date_grouping=week", "aggregates=visits&sort_by=visits",
          "aggregates=visits&sort_by=uniques:asc", "aggregates=visits&sort_by=timestamp:asc",
          "aggregates=visits&timezone=Mars/Olympus", "aggregates=visits&timezone=localtime",
          "aggregates=visits&timezone=posixrules", "aggregates=visits&timezone=posix/Europe/Berlin",
          "aggregates=visits&timezone=right/Europe/Berlin", "aggregates=visits&timezone=Factory",
          "aggregates=visits&date_from=yesterday", "aggregates=visits&date_from=9223372036854775807",
          "aggregates=visits&date_from=2024-06-01T00:00:00Z",
          "aggregates=visits&date_from=2024-06-02&date_to=2024-06-01"})
        EXPECT_EQ(ask(parameters).status, 400) << parameters;
    EXPECT_EQ(client_.get("/aggregations?entity=pageview&aggregates=visits").status, 400);
    EXPECT_EQ(client_.get("/aggregations?entity=pageview&aggregates=visits&entity_id=NONE").status, 400);
    EXPECT_EQ(client_.get("/aggregations?entity=weather&aggregates=visits&entity_id=SITE").status, 400);
    EXPECT_EQ(client_.get("/aggregations?entity=event&aggregates=conversions&site_id=SITE").status, 400);
}

TEST_F(EmulatorReports, CountsConversionsOfANamedEvent) {
    emulator_.add_event("SITE", {.name = "Purchase"});
    emulator_.add_event("SITE", {.name = "Other"});
    emulator_.add_conversions(
        "SITE", "Purchase",
        {{.at = june_, .traits = {.country_code = "DE"}, .conversions = 2, .value_in_cents = 1999},
         {.at = june_, .traits = {.country_code = "US"}, .value_in_cents = 1}});
    emulator_.add_conversions("SITE", "Other", {{.at = june_}});
    const std::string question = "/aggregations?entity=event&site_id=SITE&entity_name=Purchase&aggregates=";
    EXPECT_EQ(client_.get(question + "conversions,unique_conversions,value").json().at("data"),
              Json::parse(R"([{"conversions":"3","unique_conversions":"2","value":"2000"}])"));
    EXPECT_EQ(client_.get(question + "value&field_grouping=country_code&sort_by=value:desc").json().at("data").at(0),
              Json::parse(R"({"value":"1999","country_code":"DE"})"));
    EXPECT_EQ(client_.get(question + "visits").status, 400);
}

TEST_F(EmulatorReports, CountsCurrentVisitors) {
    emulator_.set_current_visitors(
        "SITE", {{.total = 2, .pathname = "/a"},
                 {.total = 3, .pathname = "/b", .referrer_hostname = "https://x.example", .referrer_pathname = "/y"}});
    EXPECT_EQ(client_.get("/current_visitors?site_id=SITE").json(), Json({{"total", 5}}));
    EXPECT_EQ(client_.get("/current_visitors?site_id=SITE&detailed=true").json(), Json::parse(R"({"total":5,
        "content":[{"pathname":"/b","total":3},{"pathname":"/a","total":2}],
        "referrers":[{"referrer":"https://x.example/y","total":3}]})"));
    EXPECT_EQ(client_.get("/current_visitors?site_id=SITE&detailed=1").status, 400);
    EXPECT_EQ(client_.get("/current_visitors").status, 400);
}

} // namespace
} // namespace fathom::testing
