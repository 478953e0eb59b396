// Calls all 20 operations of the API's description and tells what each gave; its exit status is 0 if all went well.
//
//     FATHOM_API_KEY=key FATHOM_BASE_URL=http://127.0.0.1:4010 fathom_all_operations [--canned-answers]
//
// It creates a site, changes nothing but that, and deletes it at the end: so it may be pointed at the real service too.
#include <chrono>
#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fathom/fathom.hpp>

#include "journal.hpp"

namespace {

using namespace std::chrono_literals;
using namespace fathom;
using contract::Answers;
using contract::Journal;

constexpr std::size_t specified_operations = 20;

/// The live service has retired some operations of the description.
constexpr ErrorKind retired = ErrorKind::gone;

// One page only: a mock that always has more would never come to an end.
template <class T>
Result<Page<T>> first_page(Items<T> items) {
    Pages<T> pages = std::move(items).pages();
    auto page = pages.begin();
    return page == pages.end() ? Result<Page<T>>(Page<T>{}) : std::move(*page);
}

void call_site_operations(const Client& client, const SiteId& site, Journal& journal) {
    const auto read = client.sites().get(site);
    journal.record("getSite", read);
    journal.expect(read && read->id == site, "the site that was asked for");
    const auto updated = client.sites().update(site, {.name = "fathom-cpp, renamed", .sharing = Sharing::none});
    journal.record("updateSite", updated);
    journal.expect(updated && updated->name == "fathom-cpp, renamed", "the site's new name");
    journal.record("listSites", first_page(client.sites().list({.page_size = 100})));
    journal.record("listSites", first_page(client.sites().list({.page_size = 1, .starting_after = site.str()})));
    journal.record("listSites", first_page(client.sites().list({.page_size = 1, .ending_before = site.str()})));
}

void call_milestone_operations(const Client& client, const SiteId& site, Journal& journal) {
    const auto milestones = client.milestones();
    const auto first = milestones.create(site, {.name = "Launch", .milestone_date = 2024y / 2 / 29});
    journal.record("createMilestone", first);
    const auto second = milestones.create(site, {.name = "Größer: \"A & B\"", .milestone_date = 2024y / 3 / 1});
    journal.record("createMilestone", second);
    if (!first || !second) return;

    const auto read = milestones.get(site, second->id);
    journal.record("getMilestone", read);
    journal.expect(read && read->name == "Größer: \"A & B\"", "a name as it was sent, whatever its characters");
    journal.expect(read && read->milestone_date == 2024y / 3 / 1, "a date as it was sent");
    const auto updated = milestones.update(site, first->id, {.name = "Relaunch", .milestone_date = 2024y / 12 / 31});
    journal.record("updateMilestone", updated);
    journal.expect(updated && updated->name == "Relaunch", "the milestone's new name");

    const auto all = first_page(milestones.list(site, {.page_size = 10}));
    journal.record("listMilestones", all);
    journal.expect(all && all->data.size() == 2, "both milestones in the list");
    const auto after = first_page(milestones.list(site, {.page_size = 10, .starting_after = first->id.str()}));
    journal.record("listMilestones", after);
    const auto before = first_page(milestones.list(site, {.page_size = 10, .ending_before = first->id.str()}));
    journal.record("listMilestones", before);
    journal.expect(after && before && after->data.size() + before->data.size() == 1,
                   "the other milestone on exactly one side of the cursor");

    journal.record("deleteMilestone", milestones.remove(site, first->id));
}

void call_event_report(const Client& client, const SiteId& site, const std::string& event_name,
                       std::optional<ErrorKind> accepted, Journal& journal) {
    const EventQuery query{
        .aggregates = {EventMetric::conversions, EventMetric::unique_conversions, EventMetric::value},
        .date_grouping = DateGrouping::month,
        .field_grouping = Field::utm_campaign,
        .sort_by = descending(EventMetric::value),
        .date_from = std::chrono::sys_days{2024y / 1 / 1},
        .date_to = std::chrono::sys_days{2025y / 1 / 1},
        .filters = {Field::utm_source == "news, \"weekly\"", Field::utm_medium.like("e*mail")},
    };
    journal.record("getAggregations", client.aggregations().events(site, event_name, query), accepted);
}

void call_event_operations(const Client& client, const SiteId& site, Journal& journal) {
    const auto events = client.events();
    const std::string name = "Signed up & paid";
    const auto created = events.create(site, {.name = name});
    journal.record("createEvent", created, retired);
    const bool exists = created.has_value();
    // Where events cannot be created, or come without an id, any does for asking whether the rest is retired as well.
    const EventId event = (exists ? created->id : std::nullopt).value_or(EventId{"ABCDEFGH"});

    const auto read = events.get(site, event);
    journal.record("getEvent", read, retired);
    journal.expect(!exists || (read && read->name == name), "the event that was asked for");
    journal.record("listEvents", first_page(events.list(site, {.page_size = 10})));
    if (exists) {
        journal.record("listEvents", first_page(events.list(site, {.page_size = 10, .starting_after = event.str()})));
        journal.record("listEvents", first_page(events.list(site, {.page_size = 10, .ending_before = event.str()})));
    }
    call_event_report(client, site, name, exists ? std::nullopt : std::optional(ErrorKind::not_found), journal);
    const auto updated = events.update(site, event, {.name = "Signed up"});
    journal.record("updateEvent", updated, retired);
    journal.expect(!exists || (updated && updated->name == "Signed up"), "the event's new name");
    journal.record("wipeEventData", events.wipe_data(site, event, irreversible), retired);
    journal.record("deleteEvent", events.remove(site, event, irreversible), retired);
}

// With the event's report these are seven: few enough to go out without waiting for the limit of ten a minute.
void call_report_operations(const Client& client, const SiteId& site, Journal& journal) {
    journal.record("getCurrentVisitors", client.current_visitors().get(site));
    journal.record("getCurrentVisitors", client.current_visitors().detailed(site));

    const PageviewQuery totals{
        .aggregates = {PageviewMetric::visits, PageviewMetric::uniques, PageviewMetric::pageviews,
                       PageviewMetric::avg_duration, PageviewMetric::bounce_rate},
        .timezone = "America/New_York",
    };
    const PageviewQuery by_hour{
        .aggregates = {PageviewMetric::visits},
        .date_grouping = DateGrouping::hour,
        .sort_by = ascending(time_bucket),
        .date_from = std::chrono::sys_days{2024y / 2 / 26},
        .date_to = std::chrono::sys_days{2024y / 3 / 1} + 12h,
    };
    const PageviewQuery with_each_operator{
        .aggregates = {PageviewMetric::pageviews, PageviewMetric::visits},
        .date_grouping = DateGrouping::day,
        .field_grouping = Field::pathname,
        .sort_by = descending(PageviewMetric::visits),
        .date_from = std::chrono::sys_days{2024y / 1 / 1},
        .date_to = std::chrono::sys_days{2024y / 2 / 1},
        .limit = 1000,
        .filters = {Field::country_code == "DE", Field::browser != "Internet Explorer", Field::pathname.like("/blog/*"),
                    Field::pathname.matching("^/[a-z]{2}/\\d+$"),
                    Field::referrer_hostname.not_matching("(bad|worse)\\.example")},
    };
    const PageviewQuery by_country{
        .aggregates = {PageviewMetric::uniques},
        .date_grouping = DateGrouping::year,
        .field_grouping = Field::country_code,
        .sort_by = ascending(Field::country_code),
        .limit = 1,
    };
    for (const PageviewQuery& query : {totals, by_hour, with_each_operator, by_country})
        journal.record("getAggregations", client.aggregations().pageviews(site, query));
}

void call_all_operations(const Client& client, Journal& journal) {
    journal.record("getAccount", client.account().get());
    const auto site = client.sites().create({
        .name = "fathom-cpp contract",
        .sharing = Sharing::private_,
        .share_password = "never given back",
    });
    journal.record("createSite", site);
    if (!site) return;
    journal.expect(site->name == "fathom-cpp contract", "the site that was created");
    // No call throws, and whatever fails, the rest goes on: so the site goes away in the end.
    call_site_operations(client, site->id, journal);
    call_milestone_operations(client, site->id, journal);
    call_report_operations(client, site->id, journal);
    call_event_operations(client, site->id, journal);
    journal.record("wipeSiteData", client.sites().wipe_data(site->id, irreversible), retired);
    journal.record("deleteSite", client.sites().remove(site->id, irreversible));
    journal.expect_error(ErrorKind::not_found, client.sites().get(site->id), "no site any more");
}

} // namespace

int main(int argument_count, char** arguments) {
    const bool canned = argument_count == 2 && std::string_view(arguments[1]) == "--canned-answers";
    if (argument_count > 1 && !canned) {
        std::cerr << "usage: fathom_all_operations [--canned-answers]\n";
        return 2;
    }
    Journal journal{canned ? Answers::canned : Answers::genuine};
    try {
        call_all_operations(Client::from_env(), journal);
    } catch (const Exception& exception) {
        std::cerr << "fathom_all_operations: " << exception.what() << '\n';
        return 2;
    }
    std::cout << journal.operation_count() << " of " << specified_operations << " operations called, "
              << journal.failures() << " failures\n";
    return journal.operation_count() == specified_operations && journal.failures() == 0 ? 0 : 1;
}
