#include <utility>

#include <fathom/sites.hpp>

#include "../operations/sites.hpp"
#include "calls.hpp"
#include "lists.hpp"
#include "site_zone.hpp"

namespace fathom::inline v0_2 {

using namespace detail;

template <class Style>
SitesModule<Style>::SitesModule(Route<Style> route) noexcept : route_(std::move(route)) {}

template <class Style>
auto SitesModule<Style>::list(const ListOptions& options) const -> List<Site> {
    return list_of<Site>(route_, options,
                         [options](const PageQuery& page) { return operations::list_sites(options, page); });
}

template <class Style>
auto SitesModule<Style>::create(const SiteCreate& site, const CallOptions& options) const -> Outcome<Site> {
    return call(route_, operations::create_site(site), options);
}

template <class Style>
auto SitesModule<Style>::get(const SiteId& id, const CallOptions& options) const -> Outcome<Site> {
    return call(route_, operations::get_site(id), options);
}

template <class Style>
auto SitesModule<Style>::time_zone(const SiteId& id, const CallOptions& options) const -> Outcome<TimeZone> {
    return site_zone(route_, id, options);
}

template <class Style>
auto SitesModule<Style>::update(const SiteId& id, const SiteUpdate& change, const CallOptions& options) const
    -> Outcome<Site> {
    forget_zone(route_, id);
    return call(route_, operations::update_site(id, change), options);
}

template <class Style>
auto SitesModule<Style>::remove(const SiteId& id, Irreversible, const CallOptions& options) const -> Outcome<void> {
    return call(route_, operations::delete_site(id), options);
}

template <class Style>
auto SitesModule<Style>::wipe_data(const SiteId& id, Irreversible, const CallOptions& options) const -> Outcome<void> {
    return call(route_, operations::wipe_site_data(id), options);
}

template class SitesModule<Blocking>;
template class SitesModule<Async>;

} // namespace fathom::inline v0_2
