// Sites, events, milestones and the account from creation to removal.
#include "emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

class ResourceFlow : public InBothDialects {
protected:
    [[nodiscard]] bool is_live() const { return GetParam() == testing::Dialect::live; }
};
FATHOM_IN_BOTH_DIALECTS(ResourceFlow);

TEST_P(ResourceFlow, TellsTheAccount) {
    const Account account = client.account().get().value();
    EXPECT_FALSE(account.id.empty());
    EXPECT_NE(account.email.find('@'), std::string::npos);
}

TEST_P(ResourceFlow, GivesACreatedSiteBack) {
    const Site created = client.sites().create({.name = "Blog"}).value();
    EXPECT_EQ(created.name, "Blog");
    EXPECT_EQ(created.sharing, Sharing::none);
    const Site found = client.sites().get(created.id).value();
    EXPECT_EQ(found.name, created.name);
    EXPECT_EQ(found.created_at, created.created_at);
}

TEST_P(ResourceFlow, KeepsTextOfAnyLanguage) {
    const std::string name = "Bücher & Кафе \"茶\" \\ 😀";
    const Site created = client.sites().create({.name = name}).value();
    EXPECT_EQ(client.sites().get(created.id).value().name, name);
}

TEST_P(ResourceFlow, ChangesOnlyWhatAnUpdateNames) {
    const Site changed = client.sites().update(site, {.sharing = Sharing::public_}).value();
    EXPECT_EQ(changed.sharing, Sharing::public_);
    EXPECT_EQ(changed.name, site_name);
}

TEST_P(ResourceFlow, ForgetsARemovedSite) {
    ASSERT_TRUE(client.sites().remove(site, irreversible));
    EXPECT_EQ(client.sites().get(site).error().kind, ErrorKind::not_found);
}

TEST_P(ResourceFlow, WipesASitesDataUntilTheServiceRetiredThat) {
    emulator.add_pageviews(site.str(), {{.at = floor<seconds>(system_clock::now()) - 1h, .visits = 5}});
    const auto wiped = client.sites().wipe_data(site, irreversible);
    if (is_live()) {
        ASSERT_FALSE(wiped);
        EXPECT_EQ(wiped.error().kind, ErrorKind::gone);
        return;
    }
    ASSERT_TRUE(wiped) << wiped.error();
    const auto report = client.aggregations().pageviews(site, {.aggregates = {PageviewMetric::visits}});
    EXPECT_EQ(report.value()[0].visits, 0);
    EXPECT_TRUE(client.sites().get(site));
}

TEST_P(ResourceFlow, GivesACreatedMilestoneBack) {
    const year_month_day date = 2024y / March / 5;
    const Milestone created = client.milestones().create(site, {.name = "Relaunch", .milestone_date = date}).value();
    EXPECT_EQ(created.milestone_date, date);
    const Milestone found = client.milestones().get(site, created.id).value();
    EXPECT_EQ(found.name, "Relaunch");
    EXPECT_EQ(found.milestone_date, date);
}

TEST_P(ResourceFlow, MovesAMilestoneAndKeepsItsName) {
    const MilestoneId id{emulator.add_milestone(site.str(), {.name = "Launch", .milestone_date = "2024-01-01"})};
    const Milestone before = client.milestones().get(site, id).value();
    const Milestone moved =
        client.milestones().update(site, {.id = id, .name = before.name, .milestone_date = 2024y / May / 9}).value();
    EXPECT_EQ(moved.name, "Launch");
    EXPECT_EQ(client.milestones().get(site, id).value().milestone_date, 2024y / May / 9);
}

TEST_P(ResourceFlow, ForgetsARemovedMilestone) {
    const MilestoneId id{emulator.add_milestone(site.str())};
    ASSERT_TRUE(client.milestones().remove(site, id));
    EXPECT_EQ(client.milestones().get(site, id).error().kind, ErrorKind::not_found);
}

TEST_P(ResourceFlow, TellsAnUnknownSiteFromAWrongKey) {
    EXPECT_EQ(client.sites().get(SiteId{"NOSUCH"}).error().kind, ErrorKind::not_found);
    ClientOptions options = client_options();
    options.api_key = "wrong";
    EXPECT_EQ(Client(options).sites().get(site).error().kind, ErrorKind::unauthorized);
}

TEST_P(ResourceFlow, TellsTheServersObjectionByField) {
    if (!is_live()) return; // the specification knows no zones of sites, and names no field
    const auto refused = client.sites().create({.name = "Blog", .timezone = "Europe/Nowhere"});
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.error().fields.size(), 1U) << refused.error();
    EXPECT_EQ(refused.error().fields[0].field, "timezone");
}

class EventFlow : public ResourceFlow {
protected:
    EventId event{emulator.add_event(site.str(), {.name = "Signed up"})};
};
FATHOM_IN_BOTH_DIALECTS(EventFlow);

TEST_P(EventFlow, ListsTheEventsOfASite) {
    const auto events = client.events().list(site).collect().value();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].name, "Signed up");
}

TEST_P(EventFlow, CreatesEventsUntilTheServiceRetiredThat) {
    const auto created = client.events().create(site, {.name = "Bought"});
    if (is_live()) {
        EXPECT_EQ(created.error().kind, ErrorKind::gone);
    } else {
        EXPECT_EQ(created.value().name, "Bought");
    }
}

TEST_P(EventFlow, RemovesEventsByIdUntilTheServiceRetiredThat) {
    const auto removed = client.events().remove(site, event, irreversible);
    if (is_live()) {
        ASSERT_FALSE(removed);
        EXPECT_EQ(removed.error().kind, ErrorKind::gone);
        EXPECT_NE(removed.error().message.find("remove_by_name"), std::string::npos) << removed.error();
    } else {
        EXPECT_TRUE(removed);
    }
}

TEST_P(EventFlow, RemovesEventsByName) {
    ASSERT_TRUE(client.events().remove_by_name(site, "Signed up", irreversible));
    EXPECT_TRUE(client.events().list(site).collect().value().empty());
}

TEST_P(EventFlow, SetsTheCurrencyOfAnEventByName) {
    ASSERT_TRUE(client.events().set_currency(site, "Signed up", Currency::euro));
    if (!is_live()) return; // the specification's events show no currency
    EXPECT_EQ(client.events().list(site).collect().value().at(0).currency, Currency::euro);
}

TEST_P(EventFlow, TellsWhatTheKeyMayDo) {
    EXPECT_EQ(client.account().token().value().abilities, std::vector<std::string>{"*"});
}

} // namespace
} // namespace fathom
