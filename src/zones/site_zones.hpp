/// @file
/// In which zone each site counts its days: asked once and kept.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <fathom/time_zone.hpp>

namespace fathom::detail {

/// The zones of the sites of one client. May be used from any thread.
class SiteZones {
public:
    explicit SiteZones(std::shared_ptr<const TimeZones> rules);

    /// A zone by its name.
    [[nodiscard]] Result<TimeZone> find(const std::string& name) const { return TimeZone::find(name, rules_); }
    /// The zone of a site, where it is known.
    [[nodiscard]] std::optional<TimeZone> of(std::string_view site) const;
    /// Keeps the zone that the service names for a site. @return that; an error where it names none, or one without rules
    [[nodiscard]] Result<TimeZone> keep(std::string_view site, const std::optional<std::string>& name);
    /// The zone of a site may be about to change.
    void forget(std::string_view site);

private:
    const std::shared_ptr<const TimeZones> rules_;
    mutable std::mutex mutex_{};
    std::map<std::string, TimeZone, std::less<>> zones_{};
};

} // namespace fathom::detail
