#include "milestones.hpp"

#include "../json/json.hpp"
#include "checks.hpp"
#include "facts.hpp"
#include "listing.hpp"
#include "sites.hpp"

namespace fathom::detail::operations {

namespace {

constexpr std::size_t longest_milestone_name = 30;

Target milestones_target(const SiteId& site) { return std::move(site_target(site).segment("milestones")); }

Target milestone_target(const SiteId& site, const MilestoneId& id) {
    return std::move(milestones_target(site).segment(id.str()));
}

std::optional<Error> check_ids(const Facts& facts, const SiteId& site, const MilestoneId& id) {
    Checks checks(facts.name);
    checks.id("site_id", site);
    checks.id("milestone_id", id);
    return checks.error();
}

} // namespace

Result<Operation<Page<Milestone>>> list_milestones(const SiteId& site, const ListOptions& options,
                                                   const PageQuery& page) {
    Checks checks(list_milestones_facts.name);
    checks.id("site_id", site);
    check(checks, options);
    if (auto error = checks.error()) return *std::move(error);
    Target target = milestones_target(site);
    add_page(target, page);
    return Operation<Page<Milestone>>{make_request(list_milestones_facts, std::move(target)),
                                      &json::decode<Page<Milestone>>};
}

Result<Operation<Milestone>> create_milestone(const SiteId& site, const MilestoneCreate& milestone,
                                              std::chrono::system_clock::time_point now) {
    Checks checks(create_milestone_facts.name);
    checks.id("site_id", site);
    checks.name("name", milestone.name, longest_milestone_name);
    checks.past_date("milestone_date", milestone.milestone_date, now);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<Milestone>{make_request(create_milestone_facts, milestones_target(site), json::encode(milestone)),
                                &json::decode<Milestone>};
}

Result<Operation<Milestone>> get_milestone(const SiteId& site, const MilestoneId& id) {
    if (auto error = check_ids(get_milestone_facts, site, id)) return *std::move(error);
    return Operation<Milestone>{make_request(get_milestone_facts, milestone_target(site, id)),
                                &json::decode<Milestone>};
}

Result<Operation<Milestone>> update_milestone(const SiteId& site, const MilestoneId& id, const MilestoneUpdate& change,
                                              std::chrono::system_clock::time_point now) {
    Checks checks(update_milestone_facts.name);
    checks.id("site_id", site);
    checks.id("milestone_id", id);
    checks.require(change.name || change.milestone_date, "change",
                   "sets nothing; set at least one member, since a request costs");
    if (change.name) checks.name("name", *change.name, longest_milestone_name);
    if (change.milestone_date) checks.past_date("milestone_date", *change.milestone_date, now);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<Milestone>{make_request(update_milestone_facts, milestone_target(site, id), json::encode(change)),
                                &json::decode<Milestone>};
}

Result<Operation<void>> delete_milestone(const SiteId& site, const MilestoneId& id) {
    if (auto error = check_ids(delete_milestone_facts, site, id)) return *std::move(error);
    return Operation<void>{make_request(delete_milestone_facts, milestone_target(site, id)), &json::decode_nothing};
}

} // namespace fathom::detail::operations
