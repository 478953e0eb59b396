#include <utility>

#include <fathom/current_visitors.hpp>

#include "../loop/loop.hpp"
#include "../operations/current_visitors.hpp"

namespace fathom {

using namespace detail;

CurrentVisitorsModule::CurrentVisitorsModule(std::shared_ptr<Loop> loop) noexcept : loop_(std::move(loop)) {}

Result<CurrentVisitors> CurrentVisitorsModule::get(const SiteId& site, const CallOptions& options) const {
    return run(*loop_, operations::get_current_visitors(site, operations::VisitorDetail::plain), options);
}

Result<CurrentVisitors> CurrentVisitorsModule::detailed(const SiteId& site, const CallOptions& options) const {
    return run(*loop_, operations::get_current_visitors(site, operations::VisitorDetail::detailed), options);
}

} // namespace fathom
