#include <utility>

#include <fathom/current_visitors.hpp>

#include "../operations/current_visitors.hpp"
#include "calls.hpp"

namespace fathom::inline v0_2 {

using namespace detail;

template <class Style>
CurrentVisitorsModule<Style>::CurrentVisitorsModule(Route<Style> route) noexcept : route_(std::move(route)) {}

template <class Style>
auto CurrentVisitorsModule<Style>::get(const SiteId& site, const CallOptions& options) const
    -> Outcome<CurrentVisitors> {
    return call(route_, operations::get_current_visitors(site, operations::VisitorDetail::plain), options);
}

template <class Style>
auto CurrentVisitorsModule<Style>::detailed(const SiteId& site, const CallOptions& options) const
    -> Outcome<CurrentVisitors> {
    return call(route_, operations::get_current_visitors(site, operations::VisitorDetail::detailed), options);
}

template class CurrentVisitorsModule<Blocking>;
template class CurrentVisitorsModule<Async>;

} // namespace fathom::inline v0_2
