#include <utility>

#include <fathom/aggregations.hpp>

#include "../loop/loop.hpp"
#include "../operations/aggregations.hpp"

namespace fathom {

using namespace detail;

Aggregations::Aggregations(std::shared_ptr<Loop> loop) noexcept : loop_(std::move(loop)) {}

Result<PageviewReport> Aggregations::pageviews(const SiteId& site, const PageviewQuery& query,
                                               const CallOptions& options) const {
    return run(*loop_, operations::get_pageview_report(site, query), options);
}

Result<EventReport> Aggregations::events(const SiteId& site, const std::string& event_name, const EventQuery& query,
                                         const CallOptions& options) const {
    return run(*loop_, operations::get_event_report(site, event_name, query), options);
}

} // namespace fathom
