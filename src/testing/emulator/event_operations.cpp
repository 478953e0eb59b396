#include <nlohmann/json.hpp>

#include "operations.hpp"
#include "pagination.hpp"
#include "request_body.hpp"

namespace fathom::testing::detail {
namespace {

Json present(const Service& service, const SiteRecord& site, const EventRecord& event) {
    Json body;
    if (service.has_event_ids()) body["id"] = event.id;
    body["object"] = "event";
    body["name"] = event.name;
    if (service.is_live()) {
        body["currency"] = event.currency ? Json(*event.currency) : Json(nullptr);
    } else {
        body["site_id"] = site.id;
    }
    // Nobody created what is only tracked.
    if (event.is_recorded) body["created_at"] = time_text(service, event.created_at);
    return body;
}

EventRecord event_of(Service& service, const Call& call, const SiteRecord& site) {
    auto event = find_event(service.database, site.sequence, call.item_id());
    if (!event || !event->is_recorded) throw ApiError{404, "Event not found"};
    return *event;
}

EventRecord event_named(Service& service, const SiteRecord& site, const std::string& name) {
    auto event = find_event_by_name(service.database, site.sequence, name);
    if (!event) throw ApiError{404, "Event not found"};
    return *event;
}

std::string currency_in(const RequestBody& body) {
    auto currency = body.one_of("currency", {"dollar", "pound", "euro", "yuan", "peso", "shekel", "yen", "won",
                                             "hryvnia", "franc", "rupee", "integer", "none"});
    if (!currency) throw missing_field("currency");
    return *std::move(currency);
}

} // namespace

Answer list_events(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    ListedTable listed{.table = "events", .condition = "site = ?1 AND recorded", .scope = site.sequence};
    if (service.is_live()) {
        // Every name that the site has tracked, whether or not somebody created it.
        listed.condition = "site = ?1";
        listed.sorted_by = "name";
        if (!service.has_event_ids()) listed.cursor = "name";
    }
    return list_page(service, call, listed, [&](std::int64_t sequence) {
        return present(service, site, event_at(service.database, sequence).value());
    });
}

Answer create_event(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    EventRecord event{
        .site = site.sequence, .name = body_of(service, call).required_text("name"), .created_at = service.now()};
    // The live service knows events by their names, so there is one of each.
    const auto known = find_event_by_name(service.database, site.sequence, event.name);
    if (service.is_live() && known) {
        event = *known;
        event.is_recorded = true;
        update(service.database, event);
    } else {
        insert(service.database, service.ids, event);
    }
    return json_answer(present(service, site, event));
}

Answer get_event(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    return json_answer(present(service, site, event_of(service, call, site)));
}

Answer update_event(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    EventRecord event = event_of(service, call, site);
    event.name = body_of(service, call).text("name").value_or(event.name);
    update(service.database, event);
    return json_answer(present(service, site, event));
}

Answer delete_event(Service& service, const Call& call) {
    const EventRecord event = event_of(service, call, site_of(service, call));
    service.database.run("DELETE FROM events WHERE sequence = ?", event.sequence);
    return deleted_answer(service, "event", event.id);
}

Answer wipe_event(Service& service, const Call& call) {
    const EventRecord event = event_of(service, call, site_of(service, call));
    service.database.run("DELETE FROM conversions WHERE event = ?", event.sequence);
    return json_answer(Json::object());
}

// The record and the currency go; what was tracked stays, and with it the name.
Answer delete_events_by_name(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    const std::string name = call.request.parameter("name").value_or("");
    if (name.empty()) throw missing_field("name");
    const EventRecord event = event_named(service, site, name);
    if (!event.is_recorded) throw ApiError{404, "Event not found"};
    Transaction transaction{service.database};
    service.database.run("DELETE FROM events WHERE site = ? AND name = ? AND NOT EXISTS "
                         "(SELECT 1 FROM conversions WHERE event = events.sequence)",
                         site.sequence, name);
    service.database.run("UPDATE events SET recorded = 0, currency = NULL WHERE site = ? AND name = ?", site.sequence,
                         name);
    transaction.commit();
    return deleted_answer(service, "event", service.has_event_ids() ? event.id : "");
}

Answer set_event_currency(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    const RequestBody body = body_of(service, call);
    std::string name;
    std::string currency;
    Checks checks;
    checks.run([&] { name = body.required_text("name"); });
    checks.run([&] { currency = currency_in(body); });
    checks.finish();
    EventRecord event = event_named(service, site, name);
    event.currency = currency;
    event.is_recorded = true; // Somewhere the currency must stand.
    update(service.database, event);
    return json_answer(present(service, site, event));
}

} // namespace fathom::testing::detail
