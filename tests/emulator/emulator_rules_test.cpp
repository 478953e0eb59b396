// How reports count and order, by the rules that a test chooses.
#include <algorithm>

#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using Texts = std::vector<std::string>;

class EmulatorRules : public ::testing::Test {
protected:
    struct Site {
        explicit Site(const ReportRules& rules, Dialect dialect = Dialect::specification)
            : emulator{options(rules, dialect)}, client{emulator} {
            emulator.add_site({.id = "SITE"});
        }
        static EmulatorOptions options(const ReportRules& rules, Dialect dialect) {
            EmulatorOptions options = empty_emulator(dialect);
            options.limits.enforced = false;
            options.reports = rules;
            return options;
        }
        void add_paths(const Texts& paths) {
            for (const std::string& path : paths)
                emulator.add_pageviews("SITE", {{.at = june, .traits = {.pathname = path}}});
        }
        Json rows(const std::string& parameters) {
            const Json body =
                client.get("/aggregations?entity=pageview&entity_id=SITE&aggregates=" + parameters).json();
            return body.is_array() ? body : body.at("data");
        }
        Texts paths(const std::string& parameters = "") {
            Texts paths;
            for (const Json& row : rows("visits&field_grouping=pathname" + parameters))
                paths.push_back(row.at("pathname"));
            return paths;
        }
        Texts filtered(const std::string& operation, const std::string& value) {
            const Json filters{{{"property", "pathname"}, {"operator", operation}, {"value", value}}};
            return paths("&filters=" + percent_encode(filters.dump()));
        }

        std::chrono::sys_days june{std::chrono::June / 1 / 2024};
        Emulator emulator;
        RawClient client;
    };

    static std::int64_t sum(const Json& rows, const char* metric) {
        std::int64_t sum = 0;
        for (const Json& row : rows) sum += std::stoll(row.at(metric).get<std::string>());
        return sum;
    }
};

TEST_F(EmulatorRules, GiveOpenRowsInEachOrder) {
    const Texts paths{"/d", "/a", "/c", "/b", "/e", "/f", "/g", "/h"};
    const Texts sorted{"/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h"};
    Site grouped{{}};
    grouped.add_paths(paths);
    EXPECT_EQ(grouped.paths(), sorted);
    EXPECT_EQ(grouped.paths("&sort_by=visits:desc"), sorted) << "ties are open too";

    Site reversed{{.open_order = RowOrder::reversed}};
    reversed.add_paths(paths);
    EXPECT_EQ(reversed.paths(), Texts(sorted.rbegin(), sorted.rend()));
    EXPECT_EQ(reversed.paths("&sort_by=pathname:asc"), sorted);

    Site shuffled{{.open_order = RowOrder::shuffled}};
    shuffled.add_paths(paths);
    Texts first = shuffled.paths();
    const Texts second = shuffled.paths("&sort_by=visits:asc");
    EXPECT_NE(first, sorted);
    EXPECT_NE(first, second) << "another one for each request";
    EXPECT_EQ(shuffled.paths("&sort_by=pathname:asc"), sorted);
    std::ranges::sort(first);
    EXPECT_EQ(first, sorted);
}

TEST_F(EmulatorRules, SortTextsInEachOrder) {
    const auto sorted = [](TextOrder order, const char* direction = "asc") {
        Site site{{.text_order = order}};
        site.add_paths({"/b", "/B-a", "/a", "/ab", "/C"});
        return site.paths(std::string("&sort_by=pathname:") + direction);
    };
    EXPECT_EQ(sorted(TextOrder::binary), (Texts{"/B-a", "/C", "/a", "/ab", "/b"}));
    EXPECT_EQ(sorted(TextOrder::case_insensitive), (Texts{"/a", "/ab", "/b", "/B-a", "/C"}));
    EXPECT_EQ(sorted(TextOrder::case_insensitive, "desc"), (Texts{"/C", "/B-a", "/b", "/ab", "/a"}));
    Site punctuation{{.text_order = TextOrder::punctuation_ignored}};
    punctuation.add_paths({"/b-c", "/bb", "/-bd", "/a_"});
    EXPECT_EQ(punctuation.paths("&sort_by=pathname:asc"), (Texts{"/a_", "/bb", "/b-c", "/-bd"}));
}

TEST_F(EmulatorRules, DistinguishCaseOrNot) {
    const auto found = [](const ReportRules& rules, const char* operation, const char* value) {
        Site site{rules};
        site.add_paths({"/Blog", "/blog", "/x"});
        return site.filtered(operation, value);
    };
    EXPECT_EQ(found({}, "matching", "blog"), Texts{"/blog"});
    EXPECT_EQ(found({}, "not matching", "blog"), (Texts{"/Blog", "/x"}));
    EXPECT_EQ(found({.matching_case = LetterCase::ignored}, "matching", "blog"), (Texts{"/Blog", "/blog"}));
    EXPECT_EQ(found({.matching_case = LetterCase::ignored}, "not matching", "BLOG"), Texts{"/x"});
    EXPECT_EQ(found({}, "is like", "BLOG"), (Texts{"/Blog", "/blog"}));
    EXPECT_EQ(found({.like_case = LetterCase::distinguished}, "is like", "Blog"), Texts{"/Blog"});
    EXPECT_EQ(found({.like_case = LetterCase::distinguished}, "is not like", "Blog"), (Texts{"/blog", "/x"}));
}

TEST_F(EmulatorRules, SearchInBoundedTimeWhateverThePatternAndTheText) {
    Site site{{}};
    const std::string slug = "/" + std::string(60, 'a') + "!";
    site.add_paths({slug, "/a-b"});
    EXPECT_EQ(site.filtered("matching", "^/([a-z]+-?)+$"), Texts{"/a-b"}) << "each letter doubles the ways to match it";
    EXPECT_EQ(site.filtered("matching", "^/(a|aa)+!$"), Texts{slug});
}

TEST_F(EmulatorRules, KeepOrDropRowsWithoutAValue) {
    const auto found = [](NullRows rows, const char* operation) {
        Site site{{.null_rows = rows}};
        site.add_paths({"", "/a", "/b"});
        return site.filtered(operation, "/b");
    };
    for (const char* operation : {"is not", "is not like", "not matching"}) {
        EXPECT_EQ(found(NullRows::kept, operation), (Texts{"", "/a"})) << operation;
        EXPECT_EQ(found(NullRows::dropped, operation), Texts{"/a"}) << operation;
    }
    EXPECT_EQ(found(NullRows::dropped, "is"), Texts{"/b"});
}

TEST_F(EmulatorRules, CountAVisitorOnceADayWhateverTheRows) {
    Site site{{}};
    const auto view = [&](std::chrono::seconds at, const char* path, std::int64_t visits, std::int64_t uniques) {
        site.emulator.add_pageviews("SITE", {{.at = site.june + at,
                                              .traits = {.pathname = path},
                                              .visits = visits,
                                              .uniques = uniques,
                                              .pageviews = uniques,
                                              .visitors = 7}});
    };
    view(21h, "/a", 5, 5);
    view(21h, "/b", 0, 3);
    view(23h, "/b", 0, 2);
    view(25h, "/b", 4, 4); // After midnight UTC: new signatures.
    EXPECT_EQ(site.rows("visits,uniques").at(0), Json::parse(R"({"visits":"9","uniques":"9"})"))
        << "the whole site agrees";
    EXPECT_EQ(sum(site.rows("uniques&field_grouping=pathname"), "uniques"), 12);
    EXPECT_EQ(
        site.rows("visits,uniques&field_grouping=pathname"),
        Json::parse(R"([{"visits":"5","uniques":"5","pathname":"/a"},{"visits":"4","uniques":"7","pathname":"/b"}])"));
    EXPECT_EQ(sum(site.rows("uniques&date_grouping=hour&date_to=2024-06-03"), "uniques"), 11);
    EXPECT_EQ(sum(site.rows("uniques&date_grouping=day"), "uniques"), 9) << "days of UTC are the signature's own";
    EXPECT_EQ(sum(site.rows("uniques&date_grouping=day&timezone=Europe/Berlin"), "uniques"), 11)
        << "days of other zones cut its day in two";
}

TEST_F(EmulatorRules, CountAVisitorForeverWhereTheSignatureLasts) {
    Site site{{.visitor_signature = VisitorSignature::lasting}};
    for (int day = 0; day < 3; ++day)
        site.emulator.add_pageviews("SITE", {{.at = site.june + std::chrono::days{day}, .uniques = 2, .visitors = 1}});
    EXPECT_EQ(sum(site.rows("uniques"), "uniques"), 2);
    EXPECT_EQ(sum(site.rows("uniques&date_grouping=day"), "uniques"), 6);
}

TEST_F(EmulatorRules, CountWhoConvertsOnceADay) {
    Site site{{}};
    site.emulator.add_event("SITE", {.name = "Buy"});
    for (const char* path : {"/a", "/b"})
        site.emulator.add_conversions("SITE", "Buy", {{.at = site.june, .traits = {.pathname = path}, .visitors = 3}});
    const std::string question =
        "/aggregations?entity=event&site_id=SITE&entity_name=Buy&aggregates=unique_conversions";
    EXPECT_EQ(sum(site.client.get(question).json().at("data"), "unique_conversions"), 1);
    EXPECT_EQ(sum(site.client.get(question + "&field_grouping=pathname").json().at("data"), "unique_conversions"), 2);
}

TEST_F(EmulatorRules, LetNobodyAddUpTheUniquesOfASampleSite) {
    for (const VisitorSignature signature : {VisitorSignature::daily, VisitorSignature::lasting}) {
        EmulatorOptions options = Site::options({.visitor_signature = signature}, Dialect::specification);
        options.sample_data = SampleData::brief;
        Emulator emulator{options};
        RawClient client{emulator};
        const auto rows = [&](const std::string& parameters) {
            return client
                .get("/aggregations?entity=pageview&entity_id=CDBUGS&date_from=2024-06-03&date_to=2024-06-09%2023:59:59"
                     "&timezone=America/New_York&aggregates=visits,uniques,pageviews&limit=1000" +
                     parameters)
                .json()
                .at("data");
        };
        const Json total = rows("");
        EXPECT_GT(sum(total, "uniques"), 100);
        for (const char* grouping : {"&date_grouping=day", "&date_grouping=hour", "&field_grouping=pathname"}) {
            const Json parts = rows(grouping);
            EXPECT_EQ(sum(parts, "visits"), sum(total, "visits")) << grouping;
            EXPECT_EQ(sum(parts, "pageviews"), sum(total, "pageviews")) << grouping;
            EXPECT_GT(sum(parts, "uniques"), sum(total, "uniques")) << grouping;
        }
    }
}

TEST_F(EmulatorRules, AgreeOnVisitsAndUniquesOfAWholeSampleSite) {
    EmulatorOptions options = Site::options({}, Dialect::specification);
    options.sample_data = SampleData::brief;
    Emulator emulator{options};
    RawClient client{emulator};
    EXPECT_GE(emulator.site_ids().size(), 3U);
    for (const std::string& site : emulator.site_ids()) {
        const Json row = client
                             .get("/aggregations?entity=pageview&date_from=1717372800&date_to=1717977599" // UTC days
                                  "&aggregates=visits,uniques&entity_id=" +
                                  site)
                             .json()
                             .at("data")
                             .at(0);
        EXPECT_EQ(row.at("visits"), row.at("uniques")) << site;
        EXPECT_NE(row.at("visits"), "0") << site;
    }
}

TEST_F(EmulatorRules, WriteBounceRatesInEachWay) {
    const auto bounce_rate = [](BounceRate kind, Dialect dialect) {
        Site site{{.bounce_rate = kind}, dialect};
        site.emulator.add_pageviews("SITE", {{.at = site.june, .visits = 8, .bounces = 1}});
        return site.rows("bounce_rate").at(0).at("bounce_rate");
    };
    EXPECT_EQ(bounce_rate(BounceRate::percentage, Dialect::live), "12.5000");
    EXPECT_EQ(bounce_rate(BounceRate::fraction, Dialect::live), 0.125);
    EXPECT_EQ(bounce_rate(BounceRate::percentage, Dialect::specification), "0.1250");
}

} // namespace
} // namespace fathom::testing
