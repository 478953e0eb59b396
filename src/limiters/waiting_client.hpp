/// @file
/// The clients of one process that share a store.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "tickets.hpp"

namespace fathom::detail {

/// A client's tickets, which it has in its hand or in the store.
class WaitingClient {
public:
    using TimePoint = Ticket::TimePoint;

    explicit WaitingClient(std::function<void()> changed);

    [[nodiscard]] std::uint64_t id() const noexcept { return tickets_[0].client; }
    [[nodiscard]] Ticket& ticket(LimitGroup group) { return tickets_[static_cast<std::size_t>(group)]; }
    [[nodiscard]] const Ticket& ticket(LimitGroup group) const { return tickets_[static_cast<std::size_t>(group)]; }
    /// So many of its calls wait, the oldest since then.
    void waiting(LimitGroup group, std::size_t calls, TimePoint oldest_since, TimePoint now);
    /// Has it ask again, if any of its calls wait for the group.
    void wake(LimitGroup group) const;

private:
    std::array<Ticket, limit_group_count> tickets_{}; // by LimitGroup
    std::function<void()> changed_;
};

/// Those of one process: they need not look into the store to know what another of them did.
class WaitingClients {
public:
    void join(const WaitingClient& client) { clients_.push_back(&client); }
    void leave(const WaitingClient& client) { std::erase(clients_, &client); }
    void wake_all_but(const WaitingClient& client, LimitGroup group) const {
        for (const WaitingClient* other : clients_) {
            if (other != &client) other->wake(group);
        }
    }

private:
    std::vector<const WaitingClient*> clients_{};
};

} // namespace fathom::detail
