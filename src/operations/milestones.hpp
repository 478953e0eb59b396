/// @file
/// Operations on milestones.
#pragma once

#include <fathom/milestones.hpp>

#include "../lists/page_walk.hpp"
#include "operation.hpp"

namespace fathom::detail::operations {

[[nodiscard]] Result<Operation<Page<Milestone>>> list_milestones(const SiteId& site, const ListOptions& options,
                                                                 const PageQuery& page);
[[nodiscard]] Result<Operation<Milestone>> create_milestone(const SiteId& site, const MilestoneCreate& milestone,
                                                            std::chrono::system_clock::time_point now);
[[nodiscard]] Result<Operation<Milestone>> get_milestone(const SiteId& site, const MilestoneId& id);
[[nodiscard]] Result<Operation<Milestone>> update_milestone(const SiteId& site, const MilestoneId& id,
                                                            const MilestoneUpdate& change,
                                                            std::chrono::system_clock::time_point now);
[[nodiscard]] Result<Operation<void>> delete_milestone(const SiteId& site, const MilestoneId& id);

} // namespace fathom::detail::operations
