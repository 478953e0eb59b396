#include "order_of_arrival.hpp"

#include <algorithm>
#include <utility>

namespace fathom::detail {

namespace {

/// A client that has not asked so long after it could is taken to be busy with something else.
constexpr std::chrono::milliseconds patience{250};

} // namespace

void OrderOfArrival::join(const void* client, std::function<void()> changed) {
    clients_.push_back({.address = client, .changed = std::move(changed)});
}

void OrderOfArrival::leave(const void* client) {
    std::erase_if(clients_, [=](const Client& c) { return c.address == client; });
}

void OrderOfArrival::waiting(const void* client, std::size_t calls, TimePoint oldest_since) {
    if (Client* const found = find(client)) {
        found->calls = calls;
        found->oldest_since = oldest_since;
    }
}

void OrderOfArrival::asked(const void* client, TimePoint again_at) {
    constexpr TimePoint end = TimePoint::max() - patience;
    if (Client* const found = find(client)) found->comes_by = std::min(again_at, end) + patience;
}

std::optional<OrderOfArrival::TimePoint> OrderOfArrival::others_first_until(const void* client, TimePoint now) {
    const Client* const asking = find(client);
    if (asking == nullptr || asking->calls == 0) return std::nullopt;
    for (const Client& other : clients_) {
        const bool came_earlier = other.calls > 0 && other.oldest_since < asking->oldest_since;
        if (came_earlier && other.comes_by > now) return other.comes_by;
    }
    return std::nullopt;
}

void OrderOfArrival::tell_all_but(const void* client, TimePoint now) {
    for (Client& other : clients_) {
        if (other.address == client || other.calls == 0 || !other.changed) continue;
        other.comes_by = std::min(other.comes_by, now + patience);
        other.changed();
    }
}

OrderOfArrival::Client* OrderOfArrival::find(const void* client) {
    const auto found = std::ranges::find(clients_, client, &Client::address);
    return found == clients_.end() ? nullptr : &*found;
}

} // namespace fathom::detail
