#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include <fathom/sites.hpp>

#include "columns.hpp"
#include "commands.hpp"

namespace fathom::cli {

namespace {

struct SiteOptions {
    std::string id{};
    std::string name{};
    std::optional<std::string> new_name{};
    std::optional<std::string> sharing{};
    std::optional<std::string> password{};
    std::optional<std::string> timezone{};
};

Listing listing_of_sites() {
    return {.columns = {"id", "name", "sharing", "timezone", "created_at", "multi_domain", "multi_domain_option"}};
}

std::optional<Sharing> sharing_of(const SiteOptions& options) {
    return options.sharing ? std::optional<Sharing>(Sharing(*options.sharing)) : std::nullopt;
}

void show_site(const Session& session, const Site& site) {
    Listing listing = listing_of_sites();
    listing.is_single = true;
    listing.records.push_back(record_of(site));
    session.show(listing);
}

void list_sites(const Session& session) {
    Listing listing = listing_of_sites();
    for (const auto& site : session.client().sites().list()) listing.records.push_back(record_of(site.value()));
    session.show(listing);
}

void create_site(const Session& session, const SiteOptions& options) {
    show_site(session, session.changing_client()
                           .sites()
                           .create({.name = options.name,
                                    .sharing = sharing_of(options),
                                    .share_password = options.password,
                                    .timezone = options.timezone})
                           .value());
}

void update_site(const Session& session, const SiteOptions& options) {
    show_site(session, session.changing_client()
                           .sites()
                           .update(SiteId(options.id), {.name = options.new_name,
                                                        .sharing = sharing_of(options),
                                                        .share_password = options.password,
                                                        .timezone = options.timezone})
                           .value());
}

/// Its name; its id, where nobody sees the name, or what is shown of it is not all.
std::string to_be_typed(const Site& site, const SiteOptions& options) {
    const bool is_blank = site.name.find_first_not_of(" \t\r\n") == std::string::npos;
    return is_blank || in_one_line(site.name) != site.name ? options.id : site.name;
}

/// The name costs a request, and is worth it where a person may have taken another id for this one.
void confirm_site(const Session& session, const SiteOptions& options, const std::string& what) {
    const bool would_ask = session.console.can_ask && !session.is_agreed;
    const bool asks = would_ask && !session.may_only_tell;
    if (would_ask && !asks) std::ignore = session.changing_client().sites().get(SiteId(options.id)); // which tells it
    session.confirm(what + " " + options.id,
                    asks ? to_be_typed(session.client().sites().get(SiteId(options.id)).value(), options) : options.id);
}

void remove_site(const Session& session, const SiteOptions& options) {
    confirm_site(session, options, "Deleting the site");
    session.changing_client().sites().remove(SiteId(options.id), irreversible).value();
    session.say("Deleted the site " + options.id + ".");
}

void wipe_site(const Session& session, const SiteOptions& options) {
    confirm_site(session, options, "Wiping all data of the site");
    session.changing_client().sites().wipe_data(SiteId(options.id), irreversible).value();
    session.say("Wiped all data of the site " + options.id + ".");
}

void add_site_options(CLI::App& command, SiteOptions& options) {
    command.add_option("--sharing", options.sharing, "Who may see the dashboard")
        ->check(CLI::IsMember({"none", "private", "public"}));
    command.add_option("--password", options.password, "What visitors of a private dashboard have to know");
    command.add_option("--timezone", options.timezone, "Zone in which the site counts its days, such as Europe/Berlin");
}

} // namespace

void add_sites(CLI::App& program, Session& session) {
    CLI::App& sites = *add_group(program, "sites", "List and change sites");
    const auto options = std::make_shared<SiteOptions>();
    const auto add = [&](const char* name, const char* description, auto action) -> CLI::App& {
        return *add_command(sites, session, name, description, options, [&session, action](const SiteOptions& given) {
            session.require_fields(listing_of_sites().columns);
            action(session, given);
        });
    };
    add("list", "List the sites that the key reaches", [](const Session& s, const SiteOptions&) { list_sites(s); });
    add_site_argument(add("get", "Show a site",
                          [](const Session& s, const SiteOptions& given) {
                              show_site(s, s.client().sites().get(SiteId(given.id)).value());
                          }),
                      options->id);
    CLI::App& create = add("create", "Create a site", create_site);
    create.add_option("NAME", options->name, "Name of the site")->required();
    add_site_options(create, *options);
    CLI::App& update = add("update", "Change a site: what is not named stays", update_site);
    add_site_argument(update, options->id);
    update.add_option("--name", options->new_name, "New name");
    add_site_options(update, *options);
    add_site_argument(add("remove", "Permanently delete a site with all its data", remove_site), options->id);
    add_site_argument(add("wipe", "Permanently wipe all data of a site, and keep the site", wipe_site), options->id);
}

} // namespace fathom::cli
