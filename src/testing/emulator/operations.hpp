/// @file
/// The operations of the API, one function each. They throw ApiError where they refuse.
#pragma once

#include "answer.hpp"
#include "records.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

[[nodiscard]] Answer get_account(Service& service, const Call& call);
[[nodiscard]] Answer get_token(Service& service, const Call& call);

[[nodiscard]] Answer list_sites(Service& service, const Call& call);
[[nodiscard]] Answer create_site(Service& service, const Call& call);
[[nodiscard]] Answer get_site(Service& service, const Call& call);
[[nodiscard]] Answer update_site(Service& service, const Call& call);
[[nodiscard]] Answer delete_site(Service& service, const Call& call);
[[nodiscard]] Answer wipe_site(Service& service, const Call& call);

[[nodiscard]] Answer list_events(Service& service, const Call& call);
[[nodiscard]] Answer create_event(Service& service, const Call& call);
[[nodiscard]] Answer get_event(Service& service, const Call& call);
[[nodiscard]] Answer update_event(Service& service, const Call& call);
[[nodiscard]] Answer delete_event(Service& service, const Call& call);
[[nodiscard]] Answer wipe_event(Service& service, const Call& call);
[[nodiscard]] Answer delete_events_by_name(Service& service, const Call& call);
[[nodiscard]] Answer set_event_currency(Service& service, const Call& call);

[[nodiscard]] Answer list_milestones(Service& service, const Call& call);
[[nodiscard]] Answer create_milestone(Service& service, const Call& call);
[[nodiscard]] Answer get_milestone(Service& service, const Call& call);
[[nodiscard]] Answer update_milestone(Service& service, const Call& call);
[[nodiscard]] Answer delete_milestone(Service& service, const Call& call);

[[nodiscard]] Answer get_aggregations(Service& service, const Call& call);
[[nodiscard]] Answer get_current_visitors(Service& service, const Call& call);

/// The site that the call's path names; 404 where there is none.
[[nodiscard]] SiteRecord site_of(Service& service, const Call& call);
/// A time as the dialect writes it: ISO 8601, or `2020-07-27 12:01:01`.
[[nodiscard]] std::string time_text(const Service& service, std::chrono::sys_seconds time);
/// What a successful delete answers: `{}`, or what was deleted.
[[nodiscard]] Answer deleted_answer(const Service& service, const std::string& object, const std::string& id);

} // namespace fathom::testing::detail
