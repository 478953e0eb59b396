#include <utility>

#include <fathom/milestones.hpp>

#include "../operations/milestones.hpp"
#include "page_source.hpp"

namespace fathom {

using namespace detail;

Milestones::Milestones(std::shared_ptr<Loop> loop) noexcept : loop_(std::move(loop)) {}

Items<Milestone> Milestones::list(const SiteId& site, const ListOptions& options) const {
    return make_list<Milestone>(loop_, options, [site, options](const PageQuery& page) {
        return operations::list_milestones(site, options, page);
    });
}

Result<Milestone> Milestones::create(const SiteId& site, const MilestoneCreate& milestone,
                                     const CallOptions& options) const {
    return run(*loop_, operations::create_milestone(site, milestone), options);
}

Result<Milestone> Milestones::get(const SiteId& site, const MilestoneId& id, const CallOptions& options) const {
    return run(*loop_, operations::get_milestone(site, id), options);
}

Result<Milestone> Milestones::update(const SiteId& site, const MilestoneId& id, const MilestoneUpdate& change,
                                     const CallOptions& options) const {
    return run(*loop_, operations::update_milestone(site, id, change), options);
}

Result<Milestone> Milestones::update(const SiteId& site, const Milestone& milestone, const CallOptions& options) const {
    return update(site, milestone.id, {.name = milestone.name, .milestone_date = milestone.milestone_date}, options);
}

Result<void> Milestones::remove(const SiteId& site, const MilestoneId& id, const CallOptions& options) const {
    return run(*loop_, operations::delete_milestone(site, id), options);
}

} // namespace fathom
