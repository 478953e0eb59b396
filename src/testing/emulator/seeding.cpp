#include "seeding.hpp"

#include <stdexcept>

#include "records.hpp"
#include "time_zones.hpp"

namespace fathom::testing::detail {
namespace {

SiteRecord existing_site(Service& service, std::string_view id) {
    auto site = find_site(service.database, std::string(id));
    if (!site) throw std::invalid_argument("the emulator has no site " + std::string(id));
    return *site;
}

void require_new(bool is_new, const std::string& id) {
    if (!is_new) throw std::invalid_argument("the emulator has " + id + " already");
}

// In the live service an event begins with its first conversion; in the description somebody creates it before.
EventRecord tracked_event(Service& service, const SiteRecord& site, const std::string& name) {
    if (const auto event = find_event_by_name(service.database, site.sequence, name)) return *event;
    if (!service.is_live()) throw std::invalid_argument("the emulator's site has no event " + name);
    EventRecord event{.site = site.sequence, .name = name, .is_recorded = false, .created_at = service.now()};
    insert(service.database, service.ids, event);
    return event;
}

std::int64_t unix_time(std::chrono::sys_seconds time) { return time.time_since_epoch().count(); }

} // namespace

std::string add_site(Service& service, const EmulatedSite& site) {
    require_new(!find_site(service.database, site.id), site.id);
    if (!is_known_time_zone(site.timezone)) throw std::invalid_argument("there is no time zone " + site.timezone);
    SiteRecord record{.id = site.id,
                      .name = site.name,
                      .sharing = site.sharing,
                      .timezone = site.timezone,
                      .created_at = site.created_at.value_or(service.now())};
    insert(service.database, service.ids, record);
    return record.id;
}

std::string add_event(Service& service, std::string_view site_id, const EmulatedEvent& event) {
    const SiteRecord site = existing_site(service, site_id);
    require_new(!find_event(service.database, site.sequence, event.id), event.id);
    // The live service knows events by their names, so there is one of each.
    if (service.is_live()) require_new(!find_event_by_name(service.database, site.sequence, event.name), event.name);
    EventRecord record{.site = site.sequence,
                       .id = event.id,
                       .name = event.name,
                       .currency = event.currency,
                       .created_at = event.created_at.value_or(service.now())};
    insert(service.database, service.ids, record);
    return record.id;
}

std::string add_milestone(Service& service, std::string_view site_id, const EmulatedMilestone& milestone) {
    const SiteRecord site = existing_site(service, site_id);
    require_new(!find_milestone(service.database, site.sequence, milestone.id), milestone.id);
    const auto created_at = milestone.created_at.value_or(service.now());
    MilestoneRecord record{.site = site.sequence,
                           .id = milestone.id,
                           .name = milestone.name,
                           .milestone_date = milestone.milestone_date,
                           .created_at = created_at,
                           .updated_at = created_at};
    insert(service.database, service.ids, record);
    return record.id;
}

void add_pageviews(Service& service, std::string_view site_id, const std::vector<EmulatedPageviews>& pageviews) {
    const SiteRecord site = existing_site(service, site_id);
    Transaction transaction{service.database};
    FactWriter writer{service.database};
    for (const EmulatedPageviews& facts : pageviews)
        writer.add_pageviews(site.sequence, writer.add_profile(facts.traits), facts);
    transaction.commit();
}

void add_conversions(Service& service, std::string_view site_id, std::string_view event_name,
                     const std::vector<EmulatedConversions>& conversions) {
    const SiteRecord site = existing_site(service, site_id);
    const EventRecord event = tracked_event(service, site, std::string(event_name));
    Transaction transaction{service.database};
    FactWriter writer{service.database};
    for (const EmulatedConversions& facts : conversions)
        writer.add_conversions(event.sequence, writer.add_profile(facts.traits), facts);
    transaction.commit();
}

void set_current_visitors(Service& service, std::string_view site_id, const std::vector<EmulatedVisitors>& visitors) {
    const SiteRecord site = existing_site(service, site_id);
    Transaction transaction{service.database};
    service.database.run("DELETE FROM current_visitors WHERE site = ?", site.sequence);
    service.database.run("UPDATE sites SET visitor_seed = ? WHERE sequence = ?", visitors_as_said, site.sequence);
    for (const EmulatedVisitors& group : visitors) {
        service.database.run("INSERT INTO current_visitors VALUES (?, ?, ?, ?, ?, ?)", site.sequence, group.total,
                             group.hostname, group.pathname, group.referrer_hostname, group.referrer_pathname);
    }
    transaction.commit();
}

std::vector<std::string> site_ids(Service& service) {
    std::vector<std::string> ids;
    Statement rows = service.database.query("SELECT id FROM sites ORDER BY sequence");
    while (rows.step()) ids.push_back(rows.text(0));
    return ids;
}

FactWriter::FactWriter(Database& database)
    : database_{database},
      profile_{database.prepare("INSERT INTO profiles (hostname, pathname, entry_page, exit_page, referrer_hostname, "
                                "referrer_pathname, referrer_source, browser, operating_system, device_type, "
                                "country_code, region, city, utm_source, utm_medium, utm_campaign, utm_content, "
                                "utm_term, keyword, ref) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      pageviews_{database.prepare("INSERT INTO pageviews VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      conversions_{database.prepare("INSERT INTO conversions VALUES (?, ?, ?, ?, ?, ?, ?)")} {}

std::int64_t FactWriter::add_profile(const VisitorTraits& traits) {
    profile_
        .bind(traits.hostname, traits.pathname, traits.entry_page, traits.exit_page, traits.referrer_hostname,
              traits.referrer_pathname, traits.referrer_source, traits.browser, traits.operating_system,
              traits.device_type, traits.country_code, traits.region, traits.city, traits.utm_source, traits.utm_medium,
              traits.utm_campaign, traits.utm_content, traits.utm_term, traits.keyword, traits.ref)
        .run();
    return database_.last_insert_sequence();
}

void FactWriter::add_pageviews(std::int64_t site, std::int64_t profile, const EmulatedPageviews& pageviews) {
    pageviews_
        .bind(site, unix_time(pageviews.at), profile, pageviews.visits, pageviews.uniques, pageviews.pageviews,
              std::int64_t{pageviews.duration.count()}, pageviews.bounces, pageviews.visitors)
        .run();
}

void FactWriter::add_conversions(std::int64_t event, std::int64_t profile, const EmulatedConversions& conversions) {
    conversions_
        .bind(event, unix_time(conversions.at), profile, conversions.conversions, conversions.unique_conversions,
              conversions.value_in_cents, conversions.visitors)
        .run();
}

} // namespace fathom::testing::detail
