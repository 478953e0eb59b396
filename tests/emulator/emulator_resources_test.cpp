// Account, sites, events and milestones, in the specification's dialect.
#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using Json = nlohmann::json;

class EmulatorResources : public ::testing::Test {
protected:
    Emulator emulator_{empty_emulator()};
    RawClient client_{emulator_};
};

TEST_F(EmulatorResources, RefusesAWrongKeyWithTheServicesBody) {
    client_.set_header("Authorization", "Bearer wrong");
    const RawAnswer answer = client_.get("/sites");
    EXPECT_EQ(answer.status, 401);
    EXPECT_TRUE(answer.json().at("error").is_string());
    client_.set_header("Authorization", "");
    EXPECT_EQ(client_.get("/account").status, 401);
    EXPECT_EQ(client_.get("/account").header("WWW-Authenticate"), "Bearer");
}

TEST_F(EmulatorResources, TakesTheKeyUnderItsSchemeInAnyCase) {
    client_.set_header("Authorization", "bearer " + emulator_.api_key());
    EXPECT_EQ(client_.get("/account").status, 200);
    for (const char* no_key : {"Bearer", "Bearer ", "Basic emulator-key", "emulator-key"}) {
        client_.set_header("Authorization", no_key);
        EXPECT_EQ(client_.get("/account").status, 401) << no_key;
    }
}

TEST_F(EmulatorResources, HasAnAccountAndAToken) {
    EXPECT_EQ(client_.get("/account").json(), Json::parse(R"({"id":"500302232","object":"account",
        "name":"Homer Simpson","email":"homer@simpsonsfamily.doh"})"));
    EXPECT_EQ(client_.get("/token").json().at("abilities"), Json::array({"*"}));
}

TEST_F(EmulatorResources, SaysWhatItDoesNotHave) {
    EXPECT_EQ(client_.get("/nothing").status, 404);
    EXPECT_EQ(client_.get("/sites/").status, 404);
    EXPECT_EQ(client_.get("/sites/NONE").status, 404);
    EXPECT_EQ(client_.post("/account", Json::object()).status, 405);
}

TEST_F(EmulatorResources, KeepsASiteThroughItsLife) {
    const Json created = client_.post("/sites", {{"name", "Shop"}, {"sharing", "public"}}).json();
    const std::string path = "/sites/" + created.at("id").get<std::string>();
    EXPECT_EQ(created.at("object"), "site");
    EXPECT_EQ(created.at("created_at"), "2024-06-15T12:00:00Z");
    EXPECT_EQ(created.size(), 5U);
    EXPECT_EQ(client_.get(path).json(), created);

    EXPECT_EQ(client_.post(path, {{"name", "Größe"}}).json().at("name"), "Größe");
    EXPECT_EQ(client_.get(path).json().at("sharing"), "public");
    EXPECT_EQ(client_.remove(path).json(), Json::object());
    EXPECT_EQ(client_.get(path).status, 404);
}

TEST_F(EmulatorResources, RefusesBadSites) {
    EXPECT_EQ(client_.post("/sites", Json::object()).json(), Json({{"error", "The name field is required."}}));
    EXPECT_EQ(client_.post("/sites", {{"name", std::string(256, 'x')}}).status, 400);
    EXPECT_EQ(client_.post("/sites", {{"name", 5}}).status, 400);
    EXPECT_EQ(client_.post("/sites", {{"name", "x"}, {"sharing", "secret"}}).status, 400);
    EXPECT_EQ(client_.post("/sites", {{"name", "x"}, {"sharing", "private"}}).status, 400);
    EXPECT_EQ(client_.post("/sites", {{"name", "x"}, {"timezone", "Mars/Olympus"}}).status, 400);
    EXPECT_EQ(client_.post_text("/sites", "{").status, 400);
    EXPECT_EQ(client_.post("/sites", {{"name", std::string(255, 'x')}}).status, 200);
}

TEST_F(EmulatorResources, TakesAPrivateSiteWithItsPasswordAndNeverShowsIt) {
    const RawAnswer answer =
        client_.post("/sites", {{"name", "x"}, {"sharing", "private"}, {"share_password", "secret"}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
}

TEST_F(EmulatorResources, KeepsAnEventThroughItsLife) {
    const std::string site = emulator_.add_site();
    const std::string events = "/sites/" + site + "/events";
    const Json created = client_.post(events, {{"name", "Signed up"}}).json();
    const std::string path = events + "/" + created.at("id").get<std::string>();
    EXPECT_EQ(created.at("site_id"), site);
    EXPECT_EQ(created.at("object"), "event");
    EXPECT_EQ(client_.get(path).json(), created);
    EXPECT_EQ(client_.post(path, {{"name", "Bought"}}).json().at("name"), "Bought");
    EXPECT_EQ(client_.remove(path + "/data").json(), Json::object());
    EXPECT_EQ(client_.remove(path).status, 200);
    EXPECT_EQ(client_.get(path).status, 404);
    EXPECT_EQ(client_.post(events, Json::object()).status, 400);
    EXPECT_EQ(client_.post("/sites/NONE/events", {{"name", "x"}}).status, 404);
}

TEST_F(EmulatorResources, DeletesEventsByName) {
    const std::string site = emulator_.add_site();
    emulator_.add_event(site, {.name = "50 % & more"});
    const std::string events = "/sites/" + site + "/events";
    EXPECT_EQ(client_.remove(events).status, 400);
    EXPECT_EQ(client_.remove(events + "?name=other").status, 404);
    EXPECT_EQ(client_.remove(events + "?name=50%20%25%20%26%20more").status, 200);
    EXPECT_TRUE(client_.get(events).json().at("data").empty());
}

TEST_F(EmulatorResources, SetsACurrency) {
    const std::string site = emulator_.add_site();
    emulator_.add_event(site, {.name = "Purchase"});
    const std::string path = "/sites/" + site + "/events/currency";
    EXPECT_EQ(client_.post(path, {{"name", "Purchase"}, {"currency", "euro"}}).status, 200);
    EXPECT_EQ(client_.post(path, {{"name", "Purchase"}, {"currency", "thaler"}}).status, 400);
    EXPECT_EQ(client_.post(path, {{"name", "Other"}, {"currency", "euro"}}).status, 404);
}

TEST_F(EmulatorResources, KeepsAMilestoneThroughItsLife) {
    const std::string milestones = "/sites/" + emulator_.add_site() + "/milestones";
    const Json created = client_.post(milestones, {{"name", "Launch"}, {"milestone_date", "2024-02-29"}}).json();
    const std::string path = milestones + "/" + created.at("id").get<std::string>();
    EXPECT_EQ(created.at("id").get<std::string>().size(), 36U);
    EXPECT_EQ(created.at("milestone_date"), "2024-02-29");
    EXPECT_EQ(client_.get(path).json(), created);

    emulator_.set_now(std::chrono::sys_days{std::chrono::July / 1 / 2024});
    const Json updated = client_.post(path, {{"name", "Big launch"}}).json();
    EXPECT_EQ(updated.at("milestone_date"), "2024-02-29");
    EXPECT_EQ(updated.at("updated_at"), "2024-07-01T00:00:00Z");
    EXPECT_EQ(updated.at("created_at"), created.at("created_at"));
    EXPECT_EQ(client_.remove(path).json(), Json::object());
    EXPECT_EQ(client_.get(path).status, 404);
}

TEST_F(EmulatorResources, RefusesBadMilestones) {
    const std::string milestones = "/sites/" + emulator_.add_site() + "/milestones";
    const auto status = [&](const char* name, const char* date) {
        return client_.post(milestones, {{"name", name}, {"milestone_date", date}}).status;
    };
    EXPECT_EQ(status("Launch", "2024-06-15"), 200);
    EXPECT_EQ(status("Launch", "2024-06-16"), 400);
    EXPECT_EQ(status("Launch", "2023-02-29"), 400);
    EXPECT_EQ(status("Launch", "15.06.2024"), 400);
    EXPECT_EQ(status("äöüäöüäöüäöüäöüäöüäöüäöüäöüäöü", "2024-06-15"), 200);
    EXPECT_EQ(status("1234567890123456789012345678901", "2024-06-15"), 400);
    EXPECT_EQ(client_.post(milestones, {{"name", "Launch"}}).status, 400);
}

TEST_F(EmulatorResources, WipesTheDataOfASiteAndKeepsTheSite) {
    const std::string site = emulator_.add_site();
    emulator_.add_event(site, {.name = "Purchase"});
    emulator_.add_conversions(site, "Purchase", {{.at = std::chrono::sys_days{std::chrono::June / 1 / 2024}}});
    emulator_.add_pageviews(site, {{.at = std::chrono::sys_days{std::chrono::June / 1 / 2024}}});
    const std::string pageviews = "/aggregations?entity=pageview&aggregates=visits&entity_id=" + site;
    const std::string conversions =
        "/aggregations?entity=event&entity_name=Purchase&aggregates=conversions&site_id=" + site;
    EXPECT_EQ(client_.get(pageviews).json().at("data").at(0).at("visits"), "1");
    EXPECT_EQ(client_.get(conversions).json().at("data").at(0).at("conversions"), "1");

    EXPECT_EQ(client_.remove("/sites/" + site + "/data").json(), Json::object());
    EXPECT_EQ(client_.get(pageviews).json().at("data").at(0).at("visits"), "0");
    EXPECT_EQ(client_.get(conversions).json().at("data").at(0).at("conversions"), "0");
    EXPECT_EQ(client_.get("/sites/" + site).status, 200);
}

TEST_F(EmulatorResources, RefusesSeedsThatCannotBe) {
    EXPECT_THROW(emulator_.add_event("NONE"), std::invalid_argument);
    EXPECT_THROW(emulator_.add_site({.timezone = "Mars/Olympus"}), std::invalid_argument);
    EXPECT_EQ(emulator_.add_site({.id = "CDBUGS"}), "CDBUGS");
    EXPECT_THROW(emulator_.add_site({.id = "CDBUGS"}), std::invalid_argument);
    EXPECT_THROW(emulator_.add_conversions("CDBUGS", "none", {}), std::invalid_argument);
}

TEST_F(EmulatorResources, KnowsWhatAKeyMayDo) {
    EmulatorOptions options = empty_emulator();
    options.abilities = {"read:READABLE", "manage:MANAGED"};
    Emulator emulator{options};
    for (const char* id : {"READABLE", "MANAGED", "HIDDEN"}) emulator.add_site({.id = id});
    RawClient client{emulator};
    EXPECT_EQ(client.get("/token").status, 200);
    EXPECT_EQ(client.get("/sites").status, 403);
    EXPECT_EQ(client.get("/sites/READABLE").status, 200);
    EXPECT_EQ(client.remove("/sites/READABLE").status, 403);
    EXPECT_EQ(client.get("/sites/HIDDEN").status, 404);
    EXPECT_EQ(client.get("/current_visitors?site_id=HIDDEN").status,
              client.get("/current_visitors?site_id=NONE").status);
    EXPECT_EQ(client.get("/current_visitors?site_id=READABLE").status, 200);
    const std::string conversions = "/aggregations?entity=event&entity_name=Order&aggregates=conversions";
    EXPECT_EQ(client.get(conversions + "&entity_id=READABLE&site_id=HIDDEN").status,
              client.get(conversions + "&entity_id=READABLE&site_id=NONE").status);
    EXPECT_EQ(client.remove("/sites/MANAGED").status, 200);
}

} // namespace
} // namespace fathom::testing
