/// @file
/// The zone in which a site counts its days: asked of the service once, then kept.
#pragma once

#include <memory>
#include <utility>

#include <fathom/sites.hpp>

#include "../operations/sites.hpp"
#include "calls.hpp"

namespace fathom::detail {

/// The options of a call on whose behalf a site is asked.
[[nodiscard]] inline CallOptions options_of_site(CallOptions options) {
    options.response = nullptr; // is for the answer that the caller asked for
    return options;
}

/// The same where another call follows, which is the one that the caller wants to be told about.
[[nodiscard]] inline CallOptions options_before_report(CallOptions options) {
    options.limit_notice = nullptr;
    return options;
}

[[nodiscard]] inline Result<TimeZone> site_zone(const Route<Blocking>& loop, const SiteId& id,
                                                const CallOptions& options) {
    const EndOfCall end(options);
    if (!loop) return no_client();
    return guarded<TimeZone>([&]() -> Result<TimeZone> {
        if (const auto kept = loop->zones()->of(id.str())) return *kept;
        const Result<Site> site = call(loop, operations::get_site(id), options_of_site(options));
        if (!site) return site.error();
        return loop->zones()->keep(id.str(), site->timezone);
    });
}

[[nodiscard]] inline Future<TimeZone> site_zone(const Route<Async>& route, const SiteId& id,
                                                const CallOptions& options) {
    if (!route.loop) return ended<TimeZone>(no_client(), route, options);
    const Result<std::optional<TimeZone>> kept =
        guarded<std::optional<TimeZone>>([&] { return route.loop->zones()->of(id.str()); });
    if (!kept) return ended<TimeZone>(kept.error(), route, options);
    if (*kept) return ended<TimeZone>(**kept, route, options);
    return call(route, operations::get_site(id), options_of_site(options))
        .then([id, zones = route.loop->zones()](Result<Site> site) -> Result<TimeZone> {
            if (!site) return std::move(site).error();
            return guarded<TimeZone>([&] { return zones->keep(id.str(), site->timezone); });
        });
}

/// The zone of a site may be about to change.
inline void forget_zone(const Route<Blocking>& loop, const SiteId& id) {
    if (loop) loop->zones()->forget(id.str());
}
inline void forget_zone(const Route<Async>& route, const SiteId& id) { forget_zone(route.loop, id); }

} // namespace fathom::detail
