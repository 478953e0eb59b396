#include "site_zones.hpp"

#include <utility>

namespace fathom::detail {

SiteZones::SiteZones(std::shared_ptr<const TimeZones> rules) : rules_(rules ? std::move(rules) : system_time_zones()) {}

std::optional<TimeZone> SiteZones::of(std::string_view site) const {
    const std::scoped_lock lock(mutex_);
    const auto found = zones_.find(site);
    return found == zones_.end() ? std::nullopt : std::optional(found->second);
}

Result<TimeZone> SiteZones::keep(std::string_view site, const std::optional<std::string>& name) {
    if (!name) {
        return invalid_argument("timezone", "is not told by the service for this site; name it in the query");
    }
    Result<TimeZone> zone = find(*name);
    if (zone) {
        const std::scoped_lock lock(mutex_);
        zones_.insert_or_assign(std::string(site), *zone);
    }
    return zone;
}

void SiteZones::forget(std::string_view site) {
    const std::scoped_lock lock(mutex_);
    const auto found = zones_.find(site);
    if (found != zones_.end()) zones_.erase(found);
}

} // namespace fathom::detail
