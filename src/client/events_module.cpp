#include <utility>

#include <fathom/events.hpp>

#include "../operations/events.hpp"
#include "page_source.hpp"

namespace fathom {

using namespace detail;

Events::Events(std::shared_ptr<Loop> loop) noexcept : loop_(std::move(loop)) {}

Items<Event> Events::list(const SiteId& site, const ListOptions& options) const {
    return make_list<Event>(loop_, options, [site, options](const PageQuery& page) {
        return operations::list_events(site, options, page);
    });
}

Result<Event> Events::create(const SiteId& site, const EventCreate& event, const CallOptions& options) const {
    return run(*loop_, operations::create_event(site, event), options);
}

Result<Event> Events::get(const SiteId& site, const EventId& id, const CallOptions& options) const {
    return run(*loop_, operations::get_event(site, id), options);
}

Result<Event> Events::update(const SiteId& site, const EventId& id, const EventUpdate& change,
                             const CallOptions& options) const {
    return run(*loop_, operations::update_event(site, id, change), options);
}

Result<void> Events::remove(const SiteId& site, const EventId& id, Irreversible, const CallOptions& options) const {
    return run(*loop_, operations::delete_event(site, id), options);
}

Result<void> Events::wipe_data(const SiteId& site, const EventId& id, Irreversible, const CallOptions& options) const {
    return run(*loop_, operations::wipe_event_data(site, id), options);
}

Result<void> Events::remove_by_name(const SiteId& site, const std::string& name, Irreversible,
                                    const CallOptions& options) const {
    return run(*loop_, operations::delete_events_by_name(site, name), options);
}

Result<void> Events::set_currency(const SiteId& site, const std::string& name, const Currency& currency,
                                  const CallOptions& options) const {
    return run(*loop_, operations::set_event_currency(site, name, currency), options);
}

} // namespace fathom
