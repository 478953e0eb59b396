#include "waiting_client.hpp"

#include <algorithm>
#include <utility>

#include "known_pools.hpp"

namespace fathom::detail {

WaitingClient::WaitingClient(std::function<void()> changed) : changed_(std::move(changed)) {
    const std::uint64_t id = unique_number();
    for (Ticket& ticket : tickets_) ticket.client = id;
}

void WaitingClient::waiting(LimitGroup group, std::size_t calls, TimePoint oldest_since, TimePoint now) {
    Ticket& own = ticket(group);
    if (calls > own.calls) own.newest_since = now;
    own.calls = calls;
    own.oldest_since = oldest_since;
    own.newest_since = std::max(own.newest_since, oldest_since);
}

void WaitingClient::wake(LimitGroup group) const {
    if (changed_ && ticket(group).calls > 0) changed_();
}

} // namespace fathom::detail
