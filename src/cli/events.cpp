#include <memory>
#include <string>

#include <fathom/events.hpp>

#include "commands.hpp"

namespace fathom::cli {

namespace {

struct EventOptions {
    std::string site{};
    std::string name{};
    std::string currency{};
};

void list_events(const Session& session, const EventOptions& options) {
    Listing listing{.columns = {"name", "currency", "id", "site_id", "created_at"}};
    session.require_fields(listing.columns);
    for (const auto& event : session.client().events().list(SiteId(options.site))) {
        listing.records.push_back(record_of(event.value()));
    }
    session.show(listing);
}

void remove_event(const Session& session, const EventOptions& options) {
    session.confirm("Removing the event " + options.name, options.name);
    session.changing_client().events().remove_by_name(SiteId(options.site), options.name, irreversible).value();
    session.say("Removed the event " + options.name + ".");
}

void set_currency(const Session& session, const EventOptions& options) {
    session.changing_client()
        .events()
        .set_currency(SiteId(options.site), options.name, Currency(options.currency))
        .value();
    session.say("The values of " + options.name + " are in " + options.currency + " now.");
}

} // namespace

void add_events(CLI::App& program, Session& session) {
    CLI::App& events = *add_group(program, "events", "List and change the events of a site");
    const auto options = std::make_shared<EventOptions>();
    const auto add = [&](const char* name, const char* description, auto action) -> CLI::App& {
        CLI::App& command = *add_command(events, session, name, description, options,
                                         [&session, action](const EventOptions& given) { action(session, given); });
        add_site_argument(command, options->site);
        return command;
    };
    add("list", "List the events of a site", list_events);
    CLI::App& remove = add("remove", "Remove an event by its name", remove_event);
    remove.add_option("NAME", options->name, "Name of the event")->required();
    CLI::App& currency = add("set-currency", "Set what the values of an event are counted in", set_currency);
    currency.add_option("NAME", options->name, "Name of the event")->required();
    currency.add_option("CURRENCY", options->currency, "Such as euro, dollar, pound, none")->required();
}

} // namespace fathom::cli
