/// @file
/// What is known of each operation, apart from its ids and parameters.
#pragma once

#include <string_view>
#include <utility>

#include "operation.hpp"
#include "report_paths.hpp"
#include "url.hpp"

namespace fathom::detail::operations {

/// The part of an operation that is the same for each of its calls.
struct Facts {
    std::string_view name;
    std::string_view path; ///< With `{site_id}` and the like where ids stand.
    Resource resource;
    HttpMethod method = HttpMethod::get;
    LimitGroup group = LimitGroup::resources;
    RetrySafety safety = RetrySafety::repeatable;
    std::string_view replacement{}; ///< What to use since the live service has retired it; empty where it has not.
};

inline constexpr std::string_view track_to_create = "track an event to create it";
inline constexpr std::string_view track_under_new_name = "track it under its new name, and set its currency by name";
inline constexpr std::string_view delete_by_name = "delete events by name with events().remove_by_name()";

inline constexpr Facts get_account_facts{.name = "getAccount", .path = "/account", .resource = Resource::account};
inline constexpr Facts get_token_facts{.name = "getToken", .path = "/token", .resource = Resource::account};

inline constexpr Facts list_sites_facts{.name = "listSites", .path = "/sites", .resource = Resource::sites};
inline constexpr Facts create_site_facts{.name = "createSite",
                                         .path = "/sites",
                                         .resource = Resource::sites,
                                         .method = HttpMethod::post,
                                         .safety = RetrySafety::only_if_unsent};
inline constexpr Facts get_site_facts{.name = "getSite", .path = "/sites/{site_id}", .resource = Resource::sites};
inline constexpr Facts update_site_facts{
    .name = "updateSite", .path = "/sites/{site_id}", .resource = Resource::sites, .method = HttpMethod::post};
inline constexpr Facts delete_site_facts{
    .name = "deleteSite", .path = "/sites/{site_id}", .resource = Resource::sites, .method = HttpMethod::delete_};
inline constexpr Facts wipe_site_data_facts{.name = "wipeSiteData",
                                            .path = "/sites/{site_id}/data",
                                            .resource = Resource::sites,
                                            .method = HttpMethod::delete_,
                                            .replacement = "wipe the site in the dashboard's settings"};

inline constexpr Facts list_events_facts{
    .name = "listEvents", .path = "/sites/{site_id}/events", .resource = Resource::events};
inline constexpr Facts create_event_facts{.name = "createEvent",
                                          .path = "/sites/{site_id}/events",
                                          .resource = Resource::events,
                                          .method = HttpMethod::post,
                                          .safety = RetrySafety::only_if_unsent,
                                          .replacement = track_to_create};
inline constexpr Facts get_event_facts{.name = "getEvent",
                                       .path = "/sites/{site_id}/events/{event_id}",
                                       .resource = Resource::events,
                                       .replacement = "find the event in events().list()"};
inline constexpr Facts update_event_facts{.name = "updateEvent",
                                          .path = "/sites/{site_id}/events/{event_id}",
                                          .resource = Resource::events,
                                          .method = HttpMethod::post,
                                          .replacement = track_under_new_name};
inline constexpr Facts delete_event_facts{.name = "deleteEvent",
                                          .path = "/sites/{site_id}/events/{event_id}",
                                          .resource = Resource::events,
                                          .method = HttpMethod::delete_,
                                          .replacement = delete_by_name};
inline constexpr Facts wipe_event_data_facts{.name = "wipeEventData",
                                             .path = "/sites/{site_id}/events/{event_id}/data",
                                             .resource = Resource::events,
                                             .method = HttpMethod::delete_,
                                             .replacement = "nothing takes its place, and what was counted stays"};
inline constexpr Facts delete_events_by_name_facts{.name = "deleteEventsByName",
                                                   .path = "/sites/{site_id}/events",
                                                   .resource = Resource::events,
                                                   .method = HttpMethod::delete_};
inline constexpr Facts set_event_currency_facts{.name = "setEventCurrency",
                                                .path = "/sites/{site_id}/events/currency",
                                                .resource = Resource::events,
                                                .method = HttpMethod::post};

inline constexpr Facts list_milestones_facts{
    .name = "listMilestones", .path = "/sites/{site_id}/milestones", .resource = Resource::milestones};
inline constexpr Facts create_milestone_facts{.name = "createMilestone",
                                              .path = "/sites/{site_id}/milestones",
                                              .resource = Resource::milestones,
                                              .method = HttpMethod::post,
                                              .safety = RetrySafety::only_if_unsent};
inline constexpr Facts get_milestone_facts{
    .name = "getMilestone", .path = "/sites/{site_id}/milestones/{milestone_id}", .resource = Resource::milestones};
inline constexpr Facts update_milestone_facts{.name = "updateMilestone",
                                              .path = "/sites/{site_id}/milestones/{milestone_id}",
                                              .resource = Resource::milestones,
                                              .method = HttpMethod::post};
inline constexpr Facts delete_milestone_facts{.name = "deleteMilestone",
                                              .path = "/sites/{site_id}/milestones/{milestone_id}",
                                              .resource = Resource::milestones,
                                              .method = HttpMethod::delete_};

inline constexpr Facts get_aggregations_facts{
    .name = "getAggregations", .path = aggregations_path, .resource = Resource::reports, .group = LimitGroup::reports};
inline constexpr Facts get_current_visitors_facts{.name = "getCurrentVisitors",
                                                  .path = current_visitors_path,
                                                  .resource = Resource::reports,
                                                  .group = LimitGroup::reports};

/// A request of an operation.
[[nodiscard]] inline OperationRequest make_request(const Facts& facts, Target target, std::string body = {}) {
    Subject subject{facts.resource, target.site()};
    return {.operation = facts.name,
            .path_template = facts.path,
            .method = facts.method,
            .target = std::move(target).str(),
            .body = std::move(body),
            .subject = std::move(subject),
            .group = facts.group,
            .safety = facts.safety,
            .replacement = facts.replacement};
}

} // namespace fathom::detail::operations
