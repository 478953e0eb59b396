#include <utility>

#include <fathom/sites.hpp>

#include "../operations/sites.hpp"
#include "page_source.hpp"

namespace fathom {

using namespace detail;

Sites::Sites(std::shared_ptr<Loop> loop) noexcept : loop_(std::move(loop)) {}

Items<Site> Sites::list(const ListOptions& options) const {
    return make_list<Site>(loop_, options,
                           [options](const PageQuery& page) { return operations::list_sites(options, page); });
}

Result<Site> Sites::create(const SiteCreate& site, const CallOptions& options) const {
    return run(*loop_, operations::create_site(site), options);
}

Result<Site> Sites::get(const SiteId& id, const CallOptions& options) const {
    return run(*loop_, operations::get_site(id), options);
}

Result<Site> Sites::update(const SiteId& id, const SiteUpdate& change, const CallOptions& options) const {
    return run(*loop_, operations::update_site(id, change), options);
}

Result<void> Sites::remove(const SiteId& id, Irreversible, const CallOptions& options) const {
    return run(*loop_, operations::delete_site(id), options);
}

Result<void> Sites::wipe_data(const SiteId& id, Irreversible, const CallOptions& options) const {
    return run(*loop_, operations::wipe_site_data(id), options);
}

} // namespace fathom
