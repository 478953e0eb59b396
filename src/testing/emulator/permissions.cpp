#include "permissions.hpp"

#include <algorithm>

#include "answer.hpp"
#include "report_query.hpp"

namespace fathom::testing::detail {
namespace {

bool has_ability(const Service& service, const std::string& ability) {
    return std::ranges::find(service.abilities, ability) != service.abilities.end();
}

std::string named_site(const Route& route, const Call& call) {
    if (!call.ids.empty()) return call.site_id();
    // Of a report about an event, whatever else it names.
    if (call.request.parameter("entity") == "event") return call.request.parameter("site_id").value_or("");
    for (const std::string& parameter : split_list(std::string(route.site_parameter))) {
        if (const auto id = call.request.parameter(parameter)) return *id;
    }
    return {};
}

} // namespace

void check_permission(const Service& service, const Route& route, const Call& call) {
    const bool reads = route.method == "GET";
    if (has_ability(service, "*") || (reads && has_ability(service, "all-sites-readonly"))) return;
    // Any key may ask about itself.
    if (route.path == "/token" || route.path == "/account") return;
    const std::string site = named_site(route, call);
    const bool manages = has_ability(service, "manage:" + site);
    const bool sees = manages || has_ability(service, "read:" + site) || has_ability(service, "all-sites-readonly");
    if (manages || (reads && sees)) return;
    if (!site.empty() && !sees)
        throw ApiError{call.ids.empty() ? service.unknown_reference_status() : 404, "Site not found"};
    throw ApiError{403, default_message(403)};
}

} // namespace fathom::testing::detail
