#include <utility>

#include <fathom/milestones.hpp>

#include "../operations/milestones.hpp"
#include "calls.hpp"
#include "lists.hpp"

namespace fathom::inline v0_2 {

using namespace detail;

template <class Style>
MilestonesModule<Style>::MilestonesModule(Route<Style> route) noexcept : route_(std::move(route)) {}

template <class Style>
auto MilestonesModule<Style>::list(const SiteId& site, const ListOptions& options) const -> List<Milestone> {
    return list_of<Milestone>(route_, options, [site, options](const PageQuery& page) {
        return operations::list_milestones(site, options, page);
    });
}

template <class Style>
auto MilestonesModule<Style>::create(const SiteId& site, const MilestoneCreate& milestone,
                                     const CallOptions& options) const -> Outcome<Milestone> {
    return call(route_, operations::create_milestone(site, milestone, calendar_now(route_)), options);
}

template <class Style>
auto MilestonesModule<Style>::get(const SiteId& site, const MilestoneId& id, const CallOptions& options) const
    -> Outcome<Milestone> {
    return call(route_, operations::get_milestone(site, id), options);
}

template <class Style>
auto MilestonesModule<Style>::update(const SiteId& site, const MilestoneId& id, const MilestoneUpdate& change,
                                     const CallOptions& options) const -> Outcome<Milestone> {
    return call(route_, operations::update_milestone(site, id, change, calendar_now(route_)), options);
}

template <class Style>
auto MilestonesModule<Style>::update(const SiteId& site, const Milestone& milestone, const CallOptions& options) const
    -> Outcome<Milestone> {
    return update(site, milestone.id, {.name = milestone.name, .milestone_date = milestone.milestone_date}, options);
}

template <class Style>
auto MilestonesModule<Style>::remove(const SiteId& site, const MilestoneId& id, const CallOptions& options) const
    -> Outcome<void> {
    return call(route_, operations::delete_milestone(site, id), options);
}

template class MilestonesModule<Blocking>;
template class MilestonesModule<Async>;

} // namespace fathom::inline v0_2
