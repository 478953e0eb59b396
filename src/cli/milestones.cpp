#include <memory>
#include <optional>
#include <string>

#include <fathom/milestones.hpp>

#include "commands.hpp"
#include "exit_code.hpp"
#include "words.hpp"

namespace fathom::cli {

namespace {

struct MilestoneOptions {
    std::string site{};
    std::string id{};
    std::string name{};
    std::string date{};
    std::optional<std::string> new_name{};
    std::optional<std::string> new_date{};
};

Listing listing_of_milestones() { return {.columns = {"id", "milestone_date", "name", "created_at", "updated_at"}}; }

void show_milestone(const Session& session, const Milestone& milestone) {
    Listing listing = listing_of_milestones();
    listing.is_single = true;
    listing.records.push_back(record_of(milestone));
    session.show(listing);
}

void list_milestones(const Session& session, const MilestoneOptions& options) {
    Listing listing = listing_of_milestones();
    for (const auto& milestone : session.client().milestones().list(SiteId(options.site))) {
        listing.records.push_back(record_of(milestone.value()));
    }
    session.show(listing);
}

void get_milestone(const Session& session, const MilestoneOptions& options) {
    show_milestone(session, session.client().milestones().get(SiteId(options.site), MilestoneId(options.id)).value());
}

void create_milestone(const Session& session, const MilestoneOptions& options) {
    const MilestoneCreate milestone{.name = options.name, .milestone_date = date("--date", options.date)};
    show_milestone(session, session.changing_client().milestones().create(SiteId(options.site), milestone).value());
}

/// The live service wants both members, so what is not named is fetched first.
void update_milestone(const Session& session, const MilestoneOptions& options) {
    if (!options.new_name && !options.new_date) throw UsageError("name --name or --date: nothing would change");
    const SiteId site(options.site);
    const auto new_date = options.new_date ? std::optional(date("--date", *options.new_date)) : std::nullopt;
    Milestone milestone{.id = MilestoneId(options.id)};
    if (!options.new_name || !options.new_date) {
        if (session.may_only_tell) {
            throw UsageError("--dry-run: name both --name and --date; the one that is not named is fetched otherwise");
        }
        milestone = session.client().milestones().get(site, milestone.id).value();
    }
    if (options.new_name) milestone.name = *options.new_name;
    if (new_date) milestone.milestone_date = *new_date;
    show_milestone(session, session.changing_client().milestones().update(site, milestone).value());
}

void remove_milestone(const Session& session, const MilestoneOptions& options) {
    session.confirm("Removing the milestone " + options.id, options.id);
    session.changing_client().milestones().remove(SiteId(options.site), MilestoneId(options.id)).value();
    session.say("Removed the milestone " + options.id + ".");
}

} // namespace

void add_milestones(CLI::App& program, Session& session) {
    CLI::App& milestones = *add_group(program, "milestones", "List and change the milestones of a site");
    const auto options = std::make_shared<MilestoneOptions>();
    const auto add = [&](const char* name, const char* description, auto action) -> CLI::App& {
        CLI::App& command = *add_command(milestones, session, name, description, options,
                                         [&session, action](const MilestoneOptions& given) {
                                             session.require_fields(listing_of_milestones().columns);
                                             action(session, given);
                                         });
        add_site_argument(command, options->site);
        return command;
    };
    const auto add_id = [&](CLI::App& command) {
        command.add_option("ID", options->id, "Id of the milestone")->required();
    };
    add("list", "List the milestones of a site", list_milestones);
    add_id(add("get", "Show a milestone", get_milestone));
    CLI::App& create = add("create", "Create a milestone", create_milestone);
    create.add_option("NAME", options->name, "What happened")->required();
    create.add_option("--date", options->date, "When, such as 2026-11-26")->required();
    CLI::App& update = add("update", "Change a milestone: what is not named stays", update_milestone);
    add_id(update);
    update.add_option("--name", options->new_name, "New name");
    update.add_option("--date", options->new_date, "New date, such as 2026-11-26");
    add_id(add("remove", "Remove a milestone", remove_milestone));
}

} // namespace fathom::cli
