// Events as the live service has them: known by their names, and listed as long as they were tracked.
#include <algorithm>

#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

class EmulatorLiveEvents : public ::testing::Test {
protected:
    EmulatorLiveEvents() : EmulatorLiveEvents{empty_emulator(Dialect::live)} {}
    explicit EmulatorLiveEvents(const EmulatorOptions& options) : emulator_{options}, client_{emulator_} {
        emulator_.add_site({.id = "SITE"});
    }

    void track(const std::string& name) { emulator_.add_conversions("SITE", name, {{.at = june_, .conversions = 3}}); }
    Json list(const std::string& query = "") { return client_.get("/sites/SITE/events" + query).json(); }
    Names names(const std::string& query = "") {
        Names names;
        const Json page = list(query);
        for (const Json& event : page.at("data")) names.push_back(event.at("name"));
        return names;
    }
    Json conversions(const std::string& name) {
        return client_
            .get("/aggregations?entity=event&site_id=SITE&aggregates=conversions&entity_name=" + percent_encode(name))
            .json();
    }

    std::chrono::sys_days june_{std::chrono::June / 1 / 2024};
    Emulator emulator_;
    RawClient client_;
};

TEST_F(EmulatorLiveEvents, AreEveryNameThatWasTrackedSortedByName) {
    for (const char* name : {"delta", "Zulu"}) emulator_.add_event("SITE", {.name = name});
    for (const char* name : {"charlie", "alpha"}) track(name);
    EXPECT_EQ(names(), (Names{"Zulu", "alpha", "charlie", "delta"}));
    const Json tracked_only = list().at("data").at(1);
    EXPECT_EQ(tracked_only.at("currency"), nullptr);
    EXPECT_EQ(tracked_only.count("created_at"), 0U) << "nobody created it";
    EXPECT_EQ(list().at("data").at(0).count("created_at"), 1U);
}

TEST_F(EmulatorLiveEvents, WalkBothWaysWithEachOfThemOnce) {
    Names all;
    for (int number = 0; number < 23; ++number) {
        const std::string name = "event " + std::to_string(number * 7 % 23 + 10);
        all.push_back(name);
        if (number % 2 == 0) emulator_.add_event("SITE", {.name = name});
        track(name);
    }
    std::ranges::sort(all);
    const auto walk = [&](const std::string& parameter, std::string cursor, std::size_t next) {
        Names seen;
        for (bool has_more = true; has_more;) {
            const std::string query = cursor.empty() ? "" : "&" + parameter + "=" + cursor;
            const Json page = list("?limit=5" + query);
            for (const Json& event : page.at("data")) seen.push_back(event.at("name"));
            has_more = page.at("has_more");
            if (has_more) cursor = page.at("data").at(next).at("id");
        }
        return seen;
    };
    EXPECT_EQ(walk("starting_after", "", 4), all);
    const std::string last = list("?limit=23").at("data").back().at("id");
    std::ranges::reverse(all);
    EXPECT_EQ(walk("ending_before", last, 4), Names(all.begin() + 1, all.end())) << "the nearest comes first";
}

TEST_F(EmulatorLiveEvents, RemovedByNameLoseRecordAndCurrencyAndNeverTheirConversions) {
    emulator_.add_event("SITE", {.name = "Purchase", .currency = "euro"});
    emulator_.add_event("SITE", {.name = "Never seen"});
    track("Purchase");
    EXPECT_EQ(client_.remove("/sites/SITE/events?name=Purchase").status, 200);
    EXPECT_EQ(client_.remove("/sites/SITE/events?name=Never%20seen").status, 200);

    EXPECT_EQ(names(), Names{"Purchase"});
    EXPECT_EQ(list().at("data").at(0).at("currency"), nullptr);
    EXPECT_EQ(conversions("Purchase"), Json::parse(R"([{"conversions":"3"}])"));
    EXPECT_EQ(client_.remove("/sites/SITE/events?name=Purchase").status, 404) << "there is no record any more";
    track("Purchase");
    EXPECT_EQ(conversions("Purchase"), Json::parse(R"([{"conversions":"6"}])")) << "the site goes on sending it";
}

TEST_F(EmulatorLiveEvents, GetARecordWithTheirCurrency) {
    track("Purchase");
    const RawAnswer answer =
        client_.post("/sites/SITE/events/currency", {{"name", "Purchase"}, {"currency", "dollar"}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(list().at("data").at(0).at("currency"), "dollar");
    EXPECT_EQ(names(), Names{"Purchase"});
}

TEST_F(EmulatorLiveEvents, HaveOneOfEachName) {
    emulator_.add_event("SITE", {.id = "A", .name = "Purchase"});
    EXPECT_THROW(emulator_.add_event("SITE", {.id = "B", .name = "Purchase"}), std::invalid_argument);
    track("Tracked");
    EXPECT_THROW(emulator_.add_event("SITE", {.id = "C", .name = "Tracked"}), std::invalid_argument);
}

TEST(EmulatorEventsWithoutIds, AreKnownByTheirNames) {
    EmulatorOptions options = empty_emulator(Dialect::live);
    options.event_ids = EventIds::absent;
    Emulator emulator{options};
    RawClient client{emulator};
    emulator.add_site({.id = "SITE"});
    for (const char* name : {"a", "b", "c"}) emulator.add_event("SITE", {.id = std::string("ID") + name, .name = name});
    const Json page = client.get("/sites/SITE/events?limit=1&starting_after=a").json();
    EXPECT_EQ(page.at("data").at(0),
              Json::parse(R"({"object":"event","name":"b","currency":null,"created_at":"2024-06-15 12:00:00"})"));
    EXPECT_EQ(client.get("/sites/SITE/events?starting_after=IDa").status, 404);
    EXPECT_EQ(client.remove("/sites/SITE/events?name=b").json(), Json::parse(R"({"object":"event","deleted":true})"));
}

TEST(EmulatorEventsOfTheSpecification, AreThoseThatWereCreatedOldestFirst) {
    Emulator emulator{empty_emulator()};
    emulator.add_site({.id = "SITE"});
    for (const char* name : {"b", "a"}) emulator.add_event("SITE", {.name = name});
    emulator.add_conversions("SITE", "b", {{.at = std::chrono::sys_days{std::chrono::June / 1 / 2024}}});
    RawClient client{emulator};
    EXPECT_EQ(client.get("/sites/SITE/events").json().at("data").at(0).at("name"), "b");
    EXPECT_EQ(client.remove("/sites/SITE/events?name=b").status, 200);
    const Json data = client.get("/sites/SITE/events").json().at("data");
    ASSERT_EQ(data.size(), 1U);
    EXPECT_EQ(data.at(0).at("name"), "a");
}

TEST(EmulatorEventsOfTheSpecification, CanBeRemovedByNameAsOftenAsTheyAreCreated) {
    Emulator emulator{empty_emulator()};
    emulator.add_site({.id = "SITE"});
    emulator.add_event("SITE", {.name = "Order"});
    emulator.add_conversions("SITE", "Order", {{.at = std::chrono::sys_days{std::chrono::June / 1 / 2024}}});
    RawClient client{emulator};
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(client.remove("/sites/SITE/events?name=Order").status, 200);
        EXPECT_EQ(client.remove("/sites/SITE/events?name=Order").status, 404);
        EXPECT_EQ(client.post("/sites/SITE/events", {{"name", "Order"}}).status, 200);
    }
    EXPECT_EQ(client.get("/sites/SITE/events").json().at("data").size(), 1U);
}

class EmulatorEventsWithoutCase : public EmulatorLiveEvents {
protected:
    static EmulatorOptions options() {
        EmulatorOptions options = empty_emulator(Dialect::live);
        options.reports.text_order = TextOrder::case_insensitive;
        return options;
    }
    EmulatorEventsWithoutCase() : EmulatorLiveEvents{options()} {}
};

TEST_F(EmulatorEventsWithoutCase, SortByTheOrderOfTexts) {
    for (const char* name : {"delta", "Charlie", "alpha", "Beta", "beta"}) track(name);
    EXPECT_EQ(names(), (Names{"alpha", "Beta", "beta", "Charlie", "delta"}));
    const std::string cursor = list().at("data").at(1).at("id");
    EXPECT_EQ(names("?starting_after=" + cursor), (Names{"beta", "Charlie", "delta"})) << "equal names do not vanish";
}

} // namespace
} // namespace fathom::testing
