#include "current_visitors.hpp"

#include "../json/json.hpp"
#include "checks.hpp"
#include "facts.hpp"
#include "report_paths.hpp"

namespace fathom::detail::operations {

Result<Operation<CurrentVisitors>> get_current_visitors(const SiteId& site, VisitorDetail detail) {
    Checks checks(get_current_visitors_facts.name);
    checks.id("site_id", site);
    if (auto error = checks.error()) return *std::move(error);
    Target target(current_visitors_path);
    target.about(site.str()).parameter("site_id", site.str());
    if (detail == VisitorDetail::detailed) target.parameter("detailed", "true");
    return Operation<CurrentVisitors>{make_request(get_current_visitors_facts, std::move(target)),
                                      &json::decode<CurrentVisitors>};
}

} // namespace fathom::detail::operations
