#include <optional>
#include <utility>

#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/sites.hpp>

#include "../listing.hpp"
#include "../quota_records.hpp"
#include "tool.hpp"

namespace fathom::cli::mcp {

namespace {

/// One page, so that a call is one request.
ListOptions page_options(const ToolCall& call) {
    return {
        .page_size = call.arguments.value("limit", 100), .starting_after = call.find("after"), .call = call.options};
}

template <class T>
Json page_of(const char* name, const std::optional<Page<T>>& page) {
    Json items = Json::array();
    if (page) {
        for (const T& item : page->data) items.push_back(record_of(item));
    }
    return {{name, std::move(items)}, {"has_more", page && page->has_more}};
}

Future<Json> list_sites(ToolCall call) {
    auto list = call.client.sites().list(page_options(call));
    co_return page_of("sites", (co_await list.next_page()).value());
}

Future<Json> list_events(ToolCall call) {
    auto list = call.client.events().list(call.site(), page_options(call));
    co_return page_of("events", (co_await list.next_page()).value());
}

Future<Json> list_milestones(ToolCall call) {
    auto list = call.client.milestones().list(call.site(), page_options(call));
    co_return page_of("milestones", (co_await list.next_page()).value());
}

Future<Json> current_visitors(ToolCall call) {
    const auto visitors = call.client.current_visitors();
    auto answer =
        call.has("detailed") ? visitors.detailed(call.site(), call.options) : visitors.get(call.site(), call.options);
    co_return record_of((co_await std::move(answer)).value());
}

Future<Json> quota(ToolCall call) {
    Json limits = Json::array();
    for (Record& record : records_of(call.client.quota())) limits.push_back(std::move(record));
    co_return Json{{"limits", std::move(limits)}};
}

Member limit_member() { return {"limit", integer("How many at most; 100 where it is not given", 1, 100)}; }
Member after_member() { return {"after", text("Id of the last one that is known: gives those behind it")}; }

Json output_of_list(const char* name, Json item) {
    return open_object({{name, list_of(std::move(item)), Presence::required},
                        {"has_more", flag("Whether there are more behind these"), Presence::required}});
}

Json named_item(const char* key) {
    return open_object({{key, text("Identifies it in other tools"), Presence::required}});
}

} // namespace

std::vector<Tool> reading_tools() {
    return {
        {.name = "list_sites",
         .title = "List sites",
         .description = std::string("Lists the websites that the API key reaches: ids, names, time zones.") + costs_one,
         .effect = Effect::reads,
         .asks_service = true,
         .input = object({limit_member(), after_member()}),
         .output = output_of_list("sites", named_item("id")),
         .run = list_sites},
        {.name = "list_events",
         .title = "List events",
         .description =
             std::string("Lists the events that a site tracks, by the names that report_event takes.") + costs_one,
         .effect = Effect::reads,
         .asks_service = true,
         .input = object({site_member(), limit_member(), after_member()}),
         .output = output_of_list("events", named_item("name")),
         .run = list_events},
        {.name = "list_milestones",
         .title = "List milestones",
         .description =
             std::string("Lists what its owner marked in the history of a site: names and dates.") + costs_one,
         .effect = Effect::reads,
         .asks_service = true,
         .input = object({site_member(), limit_member(), after_member()}),
         .output = output_of_list("milestones", named_item("id")),
         .run = list_milestones},
        {.name = "current_visitors",
         .title = "Count visitors now",
         .description = std::string("Counts who is on a site at this moment.") + costs_one_report,
         .effect = Effect::reads,
         .asks_service = true,
         .input =
             object({site_member(), {"detailed", flag("Also by page and by where they came from, at the same cost")}}),
         .output = open_object({{"total", integer("Visitors now", 0, 2'147'483'647), Presence::required}}),
         .run = current_visitors},
        {.name = "quota",
         .title = "Show the quota",
         .description =
             "Tells how many requests the limits leave now, and in how many seconds the next is free. Ask before "
             "several reports. Cost: none.",
         .effect = Effect::reads,
         .asks_service = false,
         .input = object({}),
         .output = open_object({{"limits", list_of(open_object({})), Presence::required}}),
         .run = quota},
    };
}

} // namespace fathom::cli::mcp
