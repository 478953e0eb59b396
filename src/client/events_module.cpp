#include <utility>

#include <fathom/events.hpp>

#include "../operations/events.hpp"
#include "calls.hpp"
#include "lists.hpp"

namespace fathom::inline v0_2 {

using namespace detail;

template <class Style>
EventsModule<Style>::EventsModule(Route<Style> route) noexcept : route_(std::move(route)) {}

template <class Style>
auto EventsModule<Style>::list(const SiteId& site, const ListOptions& options) const -> List<Event> {
    return list_of<Event>(route_, options, [site, options](const PageQuery& page) {
        return operations::list_events(site, options, page);
    });
}

template <class Style>
auto EventsModule<Style>::create(const SiteId& site, const EventCreate& event, const CallOptions& options) const
    -> Outcome<Event> {
    return call(route_, operations::create_event(site, event), options);
}

template <class Style>
auto EventsModule<Style>::get(const SiteId& site, const EventId& id, const CallOptions& options) const
    -> Outcome<Event> {
    return call(route_, operations::get_event(site, id), options);
}

template <class Style>
auto EventsModule<Style>::update(const SiteId& site, const EventId& id, const EventUpdate& change,
                                 const CallOptions& options) const -> Outcome<Event> {
    return call(route_, operations::update_event(site, id, change), options);
}

template <class Style>
auto EventsModule<Style>::remove(const SiteId& site, const EventId& id, Irreversible, const CallOptions& options) const
    -> Outcome<void> {
    return call(route_, operations::delete_event(site, id), options);
}

template <class Style>
auto EventsModule<Style>::wipe_data(const SiteId& site, const EventId& id, Irreversible,
                                    const CallOptions& options) const -> Outcome<void> {
    return call(route_, operations::wipe_event_data(site, id), options);
}

template <class Style>
auto EventsModule<Style>::remove_by_name(const SiteId& site, const std::string& name, Irreversible,
                                         const CallOptions& options) const -> Outcome<void> {
    return call(route_, operations::delete_events_by_name(site, name), options);
}

template <class Style>
auto EventsModule<Style>::set_currency(const SiteId& site, const std::string& name, const Currency& currency,
                                       const CallOptions& options) const -> Outcome<void> {
    return call(route_, operations::set_event_currency(site, name, currency), options);
}

template class EventsModule<Blocking>;
template class EventsModule<Async>;

} // namespace fathom::inline v0_2
