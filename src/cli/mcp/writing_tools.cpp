#include <optional>
#include <string>
#include <utility>

#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/sites.hpp>

#include "../exit_code.hpp"
#include "../listing.hpp"
#include "../words.hpp"
#include "tool.hpp"

namespace fathom::cli::mcp {

namespace {

std::optional<Sharing> sharing_of(const ToolCall& call) {
    const auto name = call.find("sharing");
    return name ? std::optional<Sharing>(Sharing(*name)) : std::nullopt;
}

MilestoneId milestone_of(const ToolCall& call) { return MilestoneId(call.text("milestone_id")); }

std::optional<std::chrono::year_month_day> date_of(const ToolCall& call) {
    const auto text = call.find("date");
    return text ? std::optional(date("date", *text)) : std::nullopt;
}

Json done() { return {{"done", true}}; }

Future<Json> create_site(ToolCall call) {
    const SiteCreate site{.name = call.text("name"),
                          .sharing = sharing_of(call),
                          .share_password = call.find("password"),
                          .timezone = call.find("timezone")};
    co_return record_of((co_await call.client.sites().create(site, call.options)).value());
}

Future<Json> update_site(ToolCall call) {
    const SiteUpdate change{.name = call.find("name"),
                            .sharing = sharing_of(call),
                            .share_password = call.find("password"),
                            .timezone = call.find("timezone")};
    co_return record_of((co_await call.client.sites().update(call.site(), change, call.options)).value());
}

/// A model that mixes up two ids is stopped by the name.
Future<Json> delete_site(ToolCall call) {
    const std::string name = (co_await call.client.sites().get(call.site(), call.options)).value().name;
    if (name != call.text("name")) {
        throw UsageError("name is not that of the site " + call.text("site_id") + "; nothing was deleted");
    }
    (co_await call.client.sites().remove(call.site(), irreversible, call.options)).value();
    co_return done();
}

Future<Json> set_event_currency(ToolCall call) {
    const Currency currency(call.text("currency"));
    (co_await call.client.events().set_currency(call.site(), call.text("event"), currency, call.options)).value();
    co_return done();
}

Future<Json> remove_event(ToolCall call) {
    (co_await call.client.events().remove_by_name(call.site(), call.text("event"), irreversible, call.options)).value();
    co_return done();
}

Future<Json> create_milestone(ToolCall call) {
    const MilestoneCreate milestone{.name = call.text("name"), .milestone_date = *date_of(call)};
    co_return record_of((co_await call.client.milestones().create(call.site(), milestone, call.options)).value());
}

/// The service wants both members, so what is not given is fetched first.
Future<Json> update_milestone(ToolCall call) {
    const auto milestones = call.client.milestones();
    Milestone milestone{.id = milestone_of(call)};
    const auto day = date_of(call);
    if (!day && !call.find("name")) throw UsageError("name and date are missing, so nothing would change");
    if (!day || !call.find("name")) {
        milestone = (co_await milestones.get(call.site(), milestone.id, call.options)).value();
    }
    milestone.name = call.find("name").value_or(milestone.name);
    milestone.milestone_date = day.value_or(milestone.milestone_date);
    co_return record_of((co_await milestones.update(call.site(), milestone, call.options)).value());
}

Future<Json> delete_milestone(ToolCall call) {
    (co_await call.client.milestones().remove(call.site(), milestone_of(call), call.options)).value();
    co_return done();
}

Member sharing_member() {
    return {"sharing", choice("Who may see the dashboard; private needs a password", {"none", "private", "public"})};
}
Member password_member() { return {"password", text("What visitors of a private dashboard have to know")}; }
Member zone_member() { return {"timezone", text("Zone in which the site counts its days, such as Europe/Berlin")}; }
Member event_member() { return {"event", text("Name of the event; list_events has them"), Presence::required}; }
Member milestone_member() {
    return {"milestone_id", text("Id of the milestone; list_milestones has them"), Presence::required};
}
Member required(const char* name, const char* description) { return {name, text(description), Presence::required}; }

Json output_of_item() { return open_object({{"id", text("Identifies it in other tools"), Presence::required}}); }
Json output_of_deed() { return open_object({{"done", flag("Always true"), Presence::required}}); }

constexpr const char* cannot_be_undone = " This CANNOT be undone: ask the user before.";

std::vector<Tool> site_tools() {
    return {
        {.name = "create_site",
         .title = "Create a site",
         .description = std::string("Creates a site.") + costs_one,
         .effect = Effect::adds,
         .asks_service = true,
         .input = object({required("name", "Name of the site"), sharing_member(), password_member(), zone_member()}),
         .output = output_of_item(),
         .run = create_site},
        {.name = "update_site",
         .title = "Change a site",
         .description = std::string("Changes what is given of a site, and leaves the rest as it is.") + costs_one,
         .effect = Effect::overwrites,
         .asks_service = true,
         .input =
             object({site_member(), {"name", text("New name")}, sharing_member(), password_member(), zone_member()}),
         .output = output_of_item(),
         .run = update_site},
        {.name = "delete_site",
         .title = "Delete a site and all its data",
         .description = std::string("Permanently deletes a site with all that was ever counted on it.") +
                        cannot_be_undone + " Cost: two requests of 2,000 an hour, each billed like one pageview.",
         .effect = Effect::destroys,
         .asks_service = true,
         .input = object({site_member(), required("name", "Name of that site; with another one nothing is deleted")}),
         .output = output_of_deed(),
         .run = delete_site},
    };
}

std::vector<Tool> event_tools() {
    return {
        {.name = "set_event_currency",
         .title = "Set the currency of an event",
         .description = std::string("Sets what the values of an event are counted in.") + costs_one,
         .effect = Effect::overwrites,
         .asks_service = true,
         .input = object({site_member(), event_member(), required("currency", "Such as euro, dollar, pound, none")}),
         .output = output_of_deed(),
         .run = set_event_currency},
        {.name = "remove_event",
         .title = "Remove an event",
         .description = std::string("Removes an event by its name, with its currency; what was counted stays.") +
                        cannot_be_undone + costs_one,
         .effect = Effect::destroys,
         .asks_service = true,
         .input = object({site_member(), event_member()}),
         .output = output_of_deed(),
         .run = remove_event},
    };
}

std::vector<Tool> milestone_tools() {
    return {
        {.name = "create_milestone",
         .title = "Create a milestone",
         .description = std::string("Marks a day in the history of a site.") + costs_one,
         .effect = Effect::adds,
         .asks_service = true,
         .input = object({site_member(), required("name", "What happened, at most 30 characters"),
                          required("date", "When, such as 2026-11-26; not in the future")}),
         .output = output_of_item(),
         .run = create_milestone},
        {.name = "update_milestone",
         .title = "Change a milestone",
         .description = std::string("Changes what is given of a milestone, and leaves the rest as it is.") + costs_one +
                        " One more where only one of name and date is given.",
         .effect = Effect::overwrites,
         .asks_service = true,
         .input = object({site_member(),
                          milestone_member(),
                          {"name", text("New name, at most 30 characters")},
                          {"date", text("New date, such as 2026-11-26")}}),
         .output = output_of_item(),
         .run = update_milestone},
        {.name = "delete_milestone",
         .title = "Delete a milestone",
         .description = std::string("Permanently deletes a milestone.") + cannot_be_undone + costs_one,
         .effect = Effect::destroys,
         .asks_service = true,
         .input = object({site_member(), milestone_member()}),
         .output = output_of_deed(),
         .run = delete_milestone},
    };
}

} // namespace

std::vector<Tool> writing_tools() {
    std::vector<Tool> tools = site_tools();
    for (auto more : {event_tools(), milestone_tools()}) {
        for (Tool& tool : more) tools.push_back(std::move(tool));
    }
    return tools;
}

} // namespace fathom::cli::mcp
