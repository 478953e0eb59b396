#include <nlohmann/json.hpp>

#include "operations.hpp"
#include "pagination.hpp"
#include "request_body.hpp"
#include "time_zones.hpp"

namespace fathom::testing::detail {
namespace {

constexpr std::size_t longest_name = 30;

Json present(const Service& service, const MilestoneRecord& milestone) {
    Json body{{"id", milestone.id},
              {"object", "milestone"},
              {"name", milestone.name},
              {"milestone_date", milestone.milestone_date}};
    body["created_at"] = time_text(service, milestone.created_at);
    body["updated_at"] = time_text(service, milestone.updated_at);
    return body;
}

std::optional<std::string> date_in(const Service& service, const SiteRecord& site, const RequestBody& body) {
    auto text = body.text("milestone_date");
    if (!text) return std::nullopt;
    const auto date = parse_date(*text);
    if (!date) throw ApiError{400, "milestone_date", "The milestone_date field must match the format Y-m-d."};
    const auto today = std::chrono::floor<std::chrono::days>(TimeZone{site.timezone}.to_wall_clock(service.now()));
    if (std::chrono::local_days{*date} > today)
        throw ApiError{400, "milestone_date", "The milestone_date field must be a date before or equal to today."};
    return text;
}

std::string required_date_in(const Service& service, const SiteRecord& site, const RequestBody& body) {
    auto date = date_in(service, site, body);
    if (!date) throw missing_field("milestone_date");
    return *std::move(date);
}

MilestoneRecord milestone_of(Service& service, const Call& call, const SiteRecord& site) {
    auto milestone = find_milestone(service.database, site.sequence, call.item_id());
    if (!milestone) throw ApiError{404, "Milestone not found"};
    return *milestone;
}

} // namespace

Answer list_milestones(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    const ListedTable listed{.table = "milestones", .condition = "site = ?1", .scope = site.sequence};
    return list_page(service, call, listed, [&](std::int64_t sequence) {
        return present(service, milestone_at(service.database, sequence).value());
    });
}

Answer create_milestone(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    const RequestBody body = body_of(service, call);
    MilestoneRecord milestone{.site = site.sequence, .created_at = service.now(), .updated_at = service.now()};
    Checks checks;
    checks.run([&] { milestone.name = body.required_text("name", longest_name); });
    checks.run([&] { milestone.milestone_date = required_date_in(service, site, body); });
    checks.finish();
    insert(service.database, service.ids, milestone);
    return json_answer(present(service, milestone), service.is_live() ? 201 : 200);
}

Answer get_milestone(Service& service, const Call& call) {
    return json_answer(present(service, milestone_of(service, call, site_of(service, call))));
}

Answer update_milestone(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    MilestoneRecord milestone = milestone_of(service, call, site);
    const RequestBody body = body_of(service, call);
    const bool is_live = service.is_live();
    Checks checks;
    checks.run([&] {
        milestone.name = is_live ? body.required_text("name", longest_name)
                                 : body.text("name", longest_name).value_or(milestone.name);
    });
    checks.run([&] {
        milestone.milestone_date = is_live ? required_date_in(service, site, body)
                                           : date_in(service, site, body).value_or(milestone.milestone_date);
    });
    checks.finish();
    milestone.updated_at = service.now();
    update(service.database, milestone);
    return json_answer(present(service, milestone));
}

Answer delete_milestone(Service& service, const Call& call) {
    const MilestoneRecord milestone = milestone_of(service, call, site_of(service, call));
    service.database.run("DELETE FROM milestones WHERE sequence = ?", milestone.sequence);
    return deleted_answer(service, "milestone", milestone.id);
}

} // namespace fathom::testing::detail
