/// @file
/// Operations on events.
#pragma once

#include <string>

#include <fathom/events.hpp>

#include "../lists/page_walk.hpp"
#include "operation.hpp"

namespace fathom::detail::operations {

[[nodiscard]] Result<Operation<Page<Event>>> list_events(const SiteId& site, const ListOptions& options,
                                                         const PageQuery& page);
[[nodiscard]] Result<Operation<Event>> create_event(const SiteId& site, const EventCreate& event);
[[nodiscard]] Result<Operation<Event>> get_event(const SiteId& site, const EventId& id);
[[nodiscard]] Result<Operation<Event>> update_event(const SiteId& site, const EventId& id, const EventUpdate& change);
[[nodiscard]] Result<Operation<void>> delete_event(const SiteId& site, const EventId& id);
[[nodiscard]] Result<Operation<void>> wipe_event_data(const SiteId& site, const EventId& id);
[[nodiscard]] Result<Operation<void>> delete_events_by_name(const SiteId& site, const std::string& name);
[[nodiscard]] Result<Operation<void>> set_event_currency(const SiteId& site, const std::string& name,
                                                         const Currency& currency);

} // namespace fathom::detail::operations
