// The exact bytes of each operation's request. The expected texts are written out by hand, and take nothing from the
// library's own tables, so that a slip there shows here.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fathom/observer.hpp>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

constexpr std::string_view base = "https://api.usefathom.com/v1";

/// The paths by which calls are told, without ids.
class Templates final : public Observer {
public:
    void call_started(const CallStarted& event) override { seen.emplace_back(event.call.url_template); }

    std::vector<std::string> seen{};
};

class GoldenRequest : public ScriptedClient {
protected:
    /// Checks the one request that was made.
    void expect(HttpMethod method, std::string_view target, std::string_view body = "") {
        const auto requests = transport->requests();
        ASSERT_EQ(requests.size(), 1U);
        EXPECT_EQ(requests[0].request.method, method);
        EXPECT_EQ(requests[0].request.url, std::string(base).append(target));
        EXPECT_EQ(requests[0].request.body, body);
        EXPECT_THAT(templates->seen, ::testing::ElementsAre(without_ids(target)));
    }

    /// The path, with names in the place of the ids of these tests.
    [[nodiscard]] std::string without_ids(std::string_view target) const {
        std::string path(target.substr(0, target.find('?')));
        const std::vector<std::pair<std::string, std::string>> names{{encoded_id, "{site_id}"},
                                                                     {site.str(), "{site_id}"},
                                                                     {event.str(), "{event_id}"},
                                                                     {milestone.str(), "{milestone_id}"}};
        for (const auto& [id, name] : names) {
            const std::size_t at = path.find("/" + id);
            if (at != std::string::npos) path.replace(at + 1, id.size(), name);
        }
        return path;
    }

    [[nodiscard]] ClientOptions options_without_retries() const {
        ClientOptions once = options();
        once.retry.max_attempts = 1;
        once.observer = templates;
        return once;
    }

    const std::string encoded_id = "a%2Fb%3Fc%23d%20e.f~%25%C3%BC"; ///< Of a site.
    const std::shared_ptr<Templates> templates = std::make_shared<Templates>();
    Client client{options_without_retries()};
    SiteId site{"CDBUGS"};
    EventId event{"signed-up"};
    MilestoneId milestone{"0b7b5c0e-8f0e-4d3b-9d0e-2f6a3f1f7a11"};
};

// The answers do not matter here, so the script has none: each call makes its request and fails.

TEST_F(GoldenRequest, OfGetAccount) {
    std::ignore = client.account().get();
    expect(HttpMethod::get, "/account");
}

TEST_F(GoldenRequest, OfGetToken) {
    std::ignore = client.account().token();
    expect(HttpMethod::get, "/token");
}

TEST_F(GoldenRequest, OfListSites) {
    std::ignore = client.sites().list().collect();
    expect(HttpMethod::get, "/sites?limit=100");
}

TEST_F(GoldenRequest, OfListSitesForward) {
    std::ignore = client.sites().list({.page_size = 7, .starting_after = "A B"}).collect();
    expect(HttpMethod::get, "/sites?limit=7&starting_after=A%20B");
}

TEST_F(GoldenRequest, OfListSitesBackward) {
    std::ignore = client.sites().list({.ending_before = "CDBUGS"}).collect();
    expect(HttpMethod::get, "/sites?limit=100&ending_before=CDBUGS");
}

TEST_F(GoldenRequest, OfCreateSite) {
    std::ignore = client.sites().create({.name = "Café \"Ü\""});
    expect(HttpMethod::post, "/sites", R"({"name":"Café \"Ü\""})");
}

TEST_F(GoldenRequest, OfCreateSiteWithEverything) {
    std::ignore = client.sites().create({.name = "Shop",
                                         .sharing = Sharing::private_,
                                         .share_password = "hush",
                                         .timezone = "Europe/Berlin",
                                         .multi_domain = true,
                                         .multi_domain_option = MultiDomainOption::separate});
    expect(HttpMethod::post, "/sites",
           R"({"name":"Shop","sharing":"private","share_password":"hush","timezone":"Europe/Berlin",)"
           R"("multi_domain":true,"multi_domain_option":"separate"})");
}

TEST_F(GoldenRequest, OfGetSite) {
    std::ignore = client.sites().get(site);
    expect(HttpMethod::get, "/sites/CDBUGS");
}

TEST_F(GoldenRequest, OfAnIdThatNeedsEncoding) {
    std::ignore = client.sites().get(SiteId{"a/b?c#d e.f~%ü"});
    expect(HttpMethod::get, "/sites/" + encoded_id);
}

TEST_F(GoldenRequest, OfUpdateSiteSendsOnlyWhatIsSet) {
    std::ignore = client.sites().update(site, {.sharing = Sharing::none});
    expect(HttpMethod::post, "/sites/CDBUGS", R"({"sharing":"none"})");
}

TEST_F(GoldenRequest, OfDeleteSite) {
    std::ignore = client.sites().remove(site, irreversible);
    expect(HttpMethod::delete_, "/sites/CDBUGS");
}

TEST_F(GoldenRequest, OfWipeSiteData) {
    std::ignore = client.sites().wipe_data(site, irreversible);
    expect(HttpMethod::delete_, "/sites/CDBUGS/data");
}

TEST_F(GoldenRequest, OfListEvents) {
    std::ignore = client.events().list(site).collect();
    expect(HttpMethod::get, "/sites/CDBUGS/events?limit=100");
}

TEST_F(GoldenRequest, OfCreateEvent) {
    std::ignore = client.events().create(site, {.name = "Signed up"});
    expect(HttpMethod::post, "/sites/CDBUGS/events", R"({"name":"Signed up"})");
}

TEST_F(GoldenRequest, OfGetEvent) {
    std::ignore = client.events().get(site, event);
    expect(HttpMethod::get, "/sites/CDBUGS/events/signed-up");
}

TEST_F(GoldenRequest, OfUpdateEvent) {
    std::ignore = client.events().update(site, event, {.name = "Bought"});
    expect(HttpMethod::post, "/sites/CDBUGS/events/signed-up", R"({"name":"Bought"})");
}

TEST_F(GoldenRequest, OfDeleteEvent) {
    std::ignore = client.events().remove(site, event, irreversible);
    expect(HttpMethod::delete_, "/sites/CDBUGS/events/signed-up");
}

TEST_F(GoldenRequest, OfWipeEventData) {
    std::ignore = client.events().wipe_data(site, event, irreversible);
    expect(HttpMethod::delete_, "/sites/CDBUGS/events/signed-up/data");
}

TEST_F(GoldenRequest, OfDeleteEventsByName) {
    std::ignore = client.events().remove_by_name(site, "Signed up & paid", irreversible);
    expect(HttpMethod::delete_, "/sites/CDBUGS/events?name=Signed%20up%20%26%20paid");
}

TEST_F(GoldenRequest, OfSetEventCurrency) {
    std::ignore = client.events().set_currency(site, "Bought", Currency::euro);
    expect(HttpMethod::post, "/sites/CDBUGS/events/currency", R"({"name":"Bought","currency":"euro"})");
}

TEST_F(GoldenRequest, OfListMilestones) {
    std::ignore = client.milestones().list(site).collect();
    expect(HttpMethod::get, "/sites/CDBUGS/milestones?limit=100");
}

TEST_F(GoldenRequest, OfCreateMilestone) {
    std::ignore = client.milestones().create(site, {.name = "Launch", .milestone_date = 2024y / March / 5});
    expect(HttpMethod::post, "/sites/CDBUGS/milestones", R"({"name":"Launch","milestone_date":"2024-03-05"})");
}

TEST_F(GoldenRequest, OfGetMilestone) {
    std::ignore = client.milestones().get(site, milestone);
    expect(HttpMethod::get, "/sites/CDBUGS/milestones/0b7b5c0e-8f0e-4d3b-9d0e-2f6a3f1f7a11");
}

TEST_F(GoldenRequest, OfUpdateMilestoneSendsOnlyWhatIsSet) {
    std::ignore = client.milestones().update(site, milestone, {.milestone_date = 2024y / March / 6});
    expect(HttpMethod::post, "/sites/CDBUGS/milestones/0b7b5c0e-8f0e-4d3b-9d0e-2f6a3f1f7a11",
           R"({"milestone_date":"2024-03-06"})");
}

TEST_F(GoldenRequest, OfUpdateMilestoneFromAWholeOneSendsBothMembers) {
    std::ignore =
        client.milestones().update(site, {.id = milestone, .name = "Relaunch", .milestone_date = 2024y / March / 7});
    expect(HttpMethod::post, "/sites/CDBUGS/milestones/0b7b5c0e-8f0e-4d3b-9d0e-2f6a3f1f7a11",
           R"({"name":"Relaunch","milestone_date":"2024-03-07"})");
}

TEST_F(GoldenRequest, OfDeleteMilestone) {
    std::ignore = client.milestones().remove(site, milestone);
    expect(HttpMethod::delete_, "/sites/CDBUGS/milestones/0b7b5c0e-8f0e-4d3b-9d0e-2f6a3f1f7a11");
}

TEST_F(GoldenRequest, OfGetAggregationsWithNothingButMetrics) {
    std::ignore =
        client.aggregations().pageviews(site, {.aggregates = {PageviewMetric::visits, PageviewMetric::bounce_rate}});
    expect(HttpMethod::get, "/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits%2Cbounce_rate");
}

TEST_F(GoldenRequest, OfGetAggregationsWithEverything) {
    std::ignore = client.aggregations().pageviews(
        site, {.aggregates = {PageviewMetric::visits},
               .date_grouping = DateGrouping::day,
               .field_grouping = {Field::pathname, Field::browser},
               .sort_by = descending(PageviewMetric::visits),
               .timezone = "America/New_York",
               .date_from = sys_days{2024y / January / 1},
               .date_to = sys_days{2024y / January / 31},
               .limit = 50,
               .filters = {Field::country_code == "DE", Field::pathname.like("/blog/*")}});
    expect(HttpMethod::get,
           "/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits&date_grouping=day"
           "&field_grouping=pathname%2Cbrowser&sort_by=visits%3Adesc&timezone=America%2FNew_York"
           "&date_from=1704067200&date_to=1706659200&limit=50"
           "&filters=%5B%7B%22property%22%3A%22country_code%22%2C%22field%22%3A%22country_code%22%2C"
           "%22operator%22%3A%22is%22%2C%22value%22%3A%22DE%22%7D%2C%7B%22property%22%3A%22pathname%22%2C"
           "%22field%22%3A%22pathname%22%2C%22operator%22%3A%22is%20like%22%2C%22value%22%3A%22%2Fblog%2F%2A%22%7D%5D");
}

TEST_F(GoldenRequest, OfGetAggregationsSendsWallClockTimesAsText) {
    std::ignore = client.aggregations().pageviews(site, {.aggregates = {PageviewMetric::visits},
                                                         .date_grouping = DateGrouping::hour,
                                                         .sort_by = ascending(time_bucket),
                                                         .date_from = local_days{2022y / April / 1} + 15h + 31min,
                                                         .date_to = local_days{2022y / April / 2}});
    expect(HttpMethod::get,
           "/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits&date_grouping=hour&sort_by=timestamp%3Aasc"
           "&date_from=2022-04-01%2015%3A31%3A00&date_to=2022-04-02%2000%3A00%3A00");
}

TEST_F(GoldenRequest, OfGetAggregationsEndsDaysWithTheirLastSecond) {
    std::ignore = client.aggregations().pageviews(
        site, {.aggregates = {PageviewMetric::visits}, .range = between(2026y / June / 1, 2026y / June / 7)});
    expect(HttpMethod::get, "/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits"
                            "&date_from=2026-06-01%2000%3A00%3A00&date_to=2026-06-07%2023%3A59%3A59");
}

TEST_F(GoldenRequest, OfGetAggregationsEndsInstantsASecondEarlier) {
    const sys_days start{2024y / January / 1};
    std::ignore = client.aggregations().pageviews(
        site, {.aggregates = {PageviewMetric::visits}, .range = half_open(start, start + 1h)});
    expect(HttpMethod::get,
           "/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits&date_from=1704067200&date_to=1704070799");
}

TEST_F(GoldenRequest, OfGetAggregationsForAnEvent) {
    std::ignore =
        client.aggregations().events(site, "Signed up", {.aggregates = {EventMetric::conversions, EventMetric::value}});
    expect(HttpMethod::get,
           "/aggregations?entity=event&site_id=CDBUGS&entity_name=Signed%20up&aggregates=conversions%2Cvalue");
}

TEST_F(GoldenRequest, OfGetCurrentVisitors) {
    std::ignore = client.current_visitors().get(site);
    expect(HttpMethod::get, "/current_visitors?site_id=CDBUGS");
}

TEST_F(GoldenRequest, OfGetCurrentVisitorsInDetail) {
    std::ignore = client.current_visitors().detailed(site);
    expect(HttpMethod::get, "/current_visitors?site_id=CDBUGS&detailed=true");
}

} // namespace
} // namespace fathom
