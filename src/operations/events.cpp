#include "events.hpp"

#include "../json/json.hpp"
#include "checks.hpp"
#include "facts.hpp"
#include "listing.hpp"
#include "sites.hpp"

namespace fathom::detail::operations {

namespace {

constexpr std::size_t longest_event_name = 255;

Target events_target(const SiteId& site) { return std::move(site_target(site).segment("events")); }

Target event_target(const SiteId& site, const EventId& id) { return std::move(events_target(site).segment(id.str())); }

/// What is wrong with the ids of an event.
std::optional<Error> check_ids(const Facts& facts, const SiteId& site, const EventId& id) {
    Checks checks(facts.name);
    checks.id("site_id", site);
    checks.id("event_id", id);
    return checks.error();
}

} // namespace

Result<Operation<Page<Event>>> list_events(const SiteId& site, const ListOptions& options, const PageQuery& page) {
    Checks checks(list_events_facts.name);
    checks.id("site_id", site);
    check(checks, options);
    if (auto error = checks.error()) return *std::move(error);
    Target target = events_target(site);
    add_page(target, page);
    return Operation<Page<Event>>{make_request(list_events_facts, std::move(target)), &json::decode<Page<Event>>};
}

Result<Operation<Event>> create_event(const SiteId& site, const EventCreate& event) {
    Checks checks(create_event_facts.name);
    checks.id("site_id", site);
    checks.name("name", event.name, longest_event_name);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<Event>{make_request(create_event_facts, events_target(site), json::encode(event)),
                            &json::decode<Event>};
}

Result<Operation<Event>> get_event(const SiteId& site, const EventId& id) {
    if (auto error = check_ids(get_event_facts, site, id)) return *std::move(error);
    return Operation<Event>{make_request(get_event_facts, event_target(site, id)), &json::decode<Event>};
}

Result<Operation<Event>> update_event(const SiteId& site, const EventId& id, const EventUpdate& change) {
    Checks checks(update_event_facts.name);
    checks.id("site_id", site);
    checks.id("event_id", id);
    checks.require(change.name.has_value(), "change", "sets nothing; set at least one member, since a request costs");
    if (change.name) checks.name("name", *change.name, longest_event_name);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<Event>{make_request(update_event_facts, event_target(site, id), json::encode(change)),
                            &json::decode<Event>};
}

Result<Operation<void>> delete_event(const SiteId& site, const EventId& id) {
    if (auto error = check_ids(delete_event_facts, site, id)) return *std::move(error);
    return Operation<void>{make_request(delete_event_facts, event_target(site, id)), &json::decode_nothing};
}

Result<Operation<void>> wipe_event_data(const SiteId& site, const EventId& id) {
    if (auto error = check_ids(wipe_event_data_facts, site, id)) return *std::move(error);
    return Operation<void>{make_request(wipe_event_data_facts, event_target(site, id).segment("data")),
                           &json::decode_nothing};
}

Result<Operation<void>> delete_events_by_name(const SiteId& site, const std::string& name) {
    Checks checks(delete_events_by_name_facts.name);
    checks.id("site_id", site);
    checks.counted_name("name", name);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<void>{make_request(delete_events_by_name_facts, events_target(site).parameter("name", name)),
                           &json::decode_nothing};
}

Result<Operation<void>> set_event_currency(const SiteId& site, const std::string& name, const Currency& currency) {
    Checks checks(set_event_currency_facts.name);
    checks.id("site_id", site);
    checks.counted_name("name", name);
    checks.require(!currency.text().empty(), "currency", "is empty; use one of the values of Currency");
    if (auto error = checks.error()) return *std::move(error);
    return Operation<void>{make_request(set_event_currency_facts, events_target(site).segment("currency"),
                                        json::encode_event_currency(name, currency.text())),
                           &json::decode_nothing};
}

} // namespace fathom::detail::operations
