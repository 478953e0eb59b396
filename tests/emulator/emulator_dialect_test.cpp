// What the live service does otherwise than its specification.
#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using Json = nlohmann::json;

class EmulatorLiveDialect : public ::testing::Test {
protected:
    EmulatorLiveDialect() { emulator_.add_site({.id = "SITE", .timezone = "America/New_York"}); }

    Emulator emulator_{empty_emulator(Dialect::live)};
    RawClient client_{emulator_};
};

TEST_F(EmulatorLiveDialect, HasAnIntegerForTheAccount) {
    EXPECT_TRUE(client_.get("/account").json().at("id").is_number_integer());
}

TEST_F(EmulatorLiveDialect, WritesSitesWithATimeZoneAndPlainTimes) {
    EXPECT_EQ(client_.get("/sites/SITE").json(), Json::parse(R"({"id":"SITE","object":"site","name":"Example",
        "sharing":"none","created_at":"2024-06-15 12:00:00","timezone":"America/New_York"})"));
    EXPECT_EQ(client_.get("/sites").json().at("url"), "/v1/sites");
}

TEST_F(EmulatorLiveDialect, WritesEventsWithACurrencyInPlaceOfTheirSite) {
    emulator_.add_event("SITE", {.id = "ABCDEFGH"});
    EXPECT_EQ(client_.get("/sites/SITE/events").json().at("data").at(0), Json::parse(R"({"id":"ABCDEFGH",
        "object":"event","name":"Signed up","currency":null,"created_at":"2024-06-15 12:00:00"})"));
}

TEST_F(EmulatorLiveDialect, SaysWhatItDeleted) {
    EXPECT_EQ(client_.remove("/sites/SITE").json(), Json::parse(R"({"id":"SITE","object":"site","deleted":true})"));
}

TEST_F(EmulatorLiveDialect, NamesTheFieldThatIsWrong) {
    EXPECT_EQ(client_.post("/sites", Json::object()).json(),
              Json::parse(R"({"errors":{"name":["The name field is required."]}})"));
    EXPECT_TRUE(client_.get("/sites/NONE").json().at("error").is_string());
}

TEST_F(EmulatorLiveDialect, NamesEachFieldThatIsWrong) {
    EXPECT_EQ(client_.post("/sites/SITE/milestones", Json::object()).json(),
              Json::parse(R"({"errors":{"name":["The name field is required."],
                  "milestone_date":["The milestone_date field is required."]}})"));
    const auto names = [](const RawAnswer& answer) {
        std::string names;
        const Json errors = answer.json().at("errors");
        for (const auto& [name, texts] : errors.items()) names += name + ' ';
        return names;
    };
    EXPECT_EQ(names(client_.post("/sites", {{"sharing", "some"}, {"timezone", "Mars"}, {"multi_domain", 7}})),
              "multi_domain name sharing timezone ");
    EXPECT_EQ(names(client_.post("/sites/SITE/events/currency", Json::object())), "currency name ");
    EXPECT_EQ(names(client_.get("/aggregations?entity=pageview&entity_id=SITE&aggregates=x&date_grouping=week"
                                "&timezone=Mars&date_from=soon&limit=0&filters=x")),
              "aggregates date_from date_grouping filters limit timezone ");
}

TEST_F(EmulatorLiveDialect, KnowsTheFieldOfAFilterAsProperty) {
    const auto status = [&](const char* filter) {
        return client_
            .get("/aggregations?entity=pageview&entity_id=SITE&aggregates=visits&filters=" + percent_encode(filter))
            .status;
    };
    EXPECT_EQ(status(R"([{"property":"pathname","operator":"is","value":"/"}])"), 200);
    EXPECT_EQ(status(R"([{"field":"pathname","operator":"is","value":"/"}])"), 400);
}

TEST_F(EmulatorLiveDialect, TakesBooleansAndTheirWordsAndNothingElse) {
    for (const Json& taken : {Json(true), Json(false), Json("true"), Json("false")}) {
        EXPECT_EQ(client_.post("/sites", {{"name", "x"}, {"multi_domain", taken}}).status, 200) << taken;
    }
    for (const Json& refused : {Json("maybe"), Json(1), Json::array()}) {
        const RawAnswer answer = client_.post("/sites", {{"name", "x"}, {"multi_domain", refused}});
        EXPECT_EQ(answer.status, 400) << refused;
        EXPECT_TRUE(answer.json().at("errors").contains("multi_domain")) << refused;
    }
    EXPECT_EQ(client_.post("/sites", {{"name", "x"}, {"multi_domain_option", "both"}}).status, 400);
}

TEST_F(EmulatorLiveDialect, CreatesMilestonesWith201AndWantsAllOfAnUpdate) {
    const RawAnswer created =
        client_.post("/sites/SITE/milestones", {{"name", "Launch"}, {"milestone_date", "2024-06-01"}});
    EXPECT_EQ(created.status, 201);
    const std::string path = "/sites/SITE/milestones/" + created.json().at("id").get<std::string>();
    EXPECT_EQ(client_.post(path, {{"name", "x"}}).status, 400);
    EXPECT_EQ(client_.post(path, {{"milestone_date", "2024-06-01"}}).status, 400);
    EXPECT_EQ(client_.post(path, {{"name", "x"}, {"milestone_date", "2024-06-01"}}).status, 200);
}

TEST_F(EmulatorLiveDialect, HasRetiredWhatChangesEvents) {
    emulator_.add_event("SITE", {.id = "ABCDEFGH"});
    EXPECT_EQ(client_.post("/sites/SITE/events", {{"name", "x"}}).status, 410);
    EXPECT_EQ(client_.get("/sites/SITE/events/ABCDEFGH").status, 410);
    EXPECT_EQ(client_.remove("/sites/SITE/events/ABCDEFGH/data").status, 410);
    EXPECT_EQ(client_.remove("/sites/SITE/data").status, 410);
    EXPECT_EQ(client_.get("/sites/SITE/events").status, 200);
    EXPECT_EQ(client_.remove("/sites/SITE/events?name=Signed%20up").status, 200);
}

TEST(EmulatorLiveDialectOption, CanKeepWhatIsRetired) {
    EmulatorOptions options = empty_emulator(Dialect::live);
    options.retired_endpoints = RetiredEndpoints::working;
    Emulator emulator{options};
    const std::string site = emulator.add_site();
    EXPECT_EQ(RawClient{emulator}.post("/sites/" + site + "/events", {{"name", "x"}}).status, 200);
}

TEST_F(EmulatorLiveDialect, MixesTheTypesOfReports) {
    emulator_.add_pageviews("SITE", {{.at = std::chrono::sys_days{std::chrono::June / 2 / 2024},
                                      .visits = 4,
                                      .duration = std::chrono::seconds{10},
                                      .bounces = 1}});
    const std::string question = "/aggregations?entity=pageview&entity_id=SITE&field_grouping=city&date_grouping=day"
                                 "&aggregates=visits,avg_duration,bounce_rate";
    EXPECT_EQ(client_.get(question).json(),
              Json::parse(R"([{"visits":"4","avg_duration":"2.5000","bounce_rate":"25.0000",
        "date":"2024-06-01 00:00:00","city":null}])"));
    EXPECT_EQ(client_.get("/aggregations?entity=pageview&entity_id=SITE&aggregates=avg_duration&date_to=0").json(),
              Json::parse(R"([{"avg_duration":null}])"));
}

TEST_F(EmulatorLiveDialect, ChecksReportsMoreStrictly) {
    const auto status = [&](const std::string& parameters) {
        return client_.get("/aggregations?entity=pageview&entity_id=SITE&aggregates=visits&" + parameters).status;
    };
    const auto filter = [](const Json& object) { return "filters=" + percent_encode(Json::array({object}).dump()); };
    EXPECT_EQ(status("limit=1001"), 400);
    EXPECT_EQ(status("sort_by=uniques:asc"), 422);
    EXPECT_EQ(status(filter({{"property", "browser"}, {"operator", "is like"}, {"value", "C*"}})), 400);
    EXPECT_EQ(status(filter({{"property", "keyword"}, {"operator", "is"}, {"value", "x"}})), 400);
    EXPECT_EQ(status(filter({{"property", "pathname"}, {"operator", "is"}, {"value", 1}})), 400);
    EXPECT_EQ(client_.get("/aggregations?entity=pageview&entity_id=NONE&aggregates=visits").status, 404);
}

TEST_F(EmulatorLiveDialect, AddsToCurrentVisitors) {
    emulator_.set_current_visitors("SITE", {{.total = 2, .referrer_hostname = "https://x.example"}});
    EXPECT_EQ(client_.get("/current_visitors?site_id=SITE&detailed=true").json(), Json::parse(R"({"total":2,
        "content":[{"hostname":"https://example.com","pathname":"/","total":"2"}],
        "referrers":[{"referrer_hostname":"https://x.example","referrer_pathname":"","total":"2"}]})"));
    EXPECT_EQ(client_.get("/current_visitors?site_id=SITE").json(),
              Json::parse(R"({"total":2,"content":[],"referrers":[]})"));
}

TEST_F(EmulatorLiveDialect, AnswersErrorsInHtmlUnlessJsonIsAsked) {
    client_.set_header("Accept", "*/*");
    const RawAnswer answer = client_.get("/sites/NONE");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=UTF-8");
    EXPECT_EQ(client_.get("/sites/SITE").header("Content-Type"), "application/json");
}

} // namespace
} // namespace fathom::testing
