/// @file
/// One call of each kind, with either client.
#pragma once

#include <cstddef>

#include <fathom/fathom.hpp>

namespace fathom::soak {

inline constexpr std::size_t kinds_of_call = 14;

/// Makes a call and hands over what comes of it: a Result or a Future.
/// @param which below kinds_of_call
template <class AnyClient, class Take>
void make_call(const AnyClient& client, std::size_t which, const SiteId& site, const CallOptions& options,
               const Take& take) {
    switch (which) {
    case 0: return take(client.sites().get(site, options));
    case 1: return take(client.sites().create({.name = "Shop"}, options));
    case 2: return take(client.sites().update(site, {.name = "Shop"}, options));
    case 3: return take(client.sites().remove(SiteId{"NOBODYS"}, irreversible, options));
    case 4: return take(client.account().get(options));
    case 5: return take(client.account().token(options));
    case 6: return take(client.events().create(site, {.name = "Sale"}, options));
    case 7: return take(client.events().set_currency(site, "Sale", Currency::euro, options));
    case 8: return take(client.milestones().get(site, MilestoneId{"7"}, options));
    case 9: return take(client.milestones().remove(site, MilestoneId{"7"}, options));
    case 10: return take(client.current_visitors().get(site, options));
    case 11:
        return take(client.aggregations().pageviews(
            site, {.aggregates = {PageviewMetric::visits}, .field_grouping = Field::pathname}, options));
    case 12:
        return take(client.aggregations().events(site, "Sale", {.aggregates = {EventMetric::conversions}}, options));
    default: return take(client.request({.method = HttpMethod::get, .path = "/sites"}, options));
    }
}

} // namespace fathom::soak
