/// @file
/// Operations on sites.
#pragma once

#include <fathom/sites.hpp>

#include "../lists/page_walk.hpp"
#include "operation.hpp"
#include "url.hpp"

namespace fathom::detail::operations {

[[nodiscard]] Result<Operation<Page<Site>>> list_sites(const ListOptions& options, const PageQuery& page);
[[nodiscard]] Result<Operation<Site>> create_site(const SiteCreate& site);
[[nodiscard]] Result<Operation<Site>> get_site(const SiteId& id);
[[nodiscard]] Result<Operation<Site>> update_site(const SiteId& id, const SiteUpdate& change);
[[nodiscard]] Result<Operation<void>> delete_site(const SiteId& id);
[[nodiscard]] Result<Operation<void>> wipe_site_data(const SiteId& id);

/// The path of a site.
[[nodiscard]] Target site_target(const SiteId& id);

} // namespace fathom::detail::operations
