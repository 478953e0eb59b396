/// @file
/// Whose turn it is among the clients that share a store.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "../core/permit_pool.hpp"

namespace fathom::detail {

/// The calls of one client that wait for a group; one ticket for all of them.
struct Ticket {
    using TimePoint = PermitPool::TimePoint;

    std::uint64_t client = 0;
    std::size_t calls = 0;
    TimePoint oldest_since{};
    TimePoint newest_since{};
    TimePoint comes_by{}; ///< Others wait for it no longer: it was killed, or is busy with something else.
};

/// The tickets of one group. The client whose call came first is served first. Whoever does not come when it could be
/// served loses its turn, and has it again when it comes.
class Tickets {
public:
    using TimePoint = Ticket::TimePoint;

    /// When clients ask again.
    struct Habits {
        /// Where the end of another's attempt, or another's turn, may be over earlier than can be told.
        std::chrono::milliseconds look_again{};
        /// The same where calls wait for answers to others, or where it is another's turn and a permit is free. There each
        /// look that comes late costs throughput.
        std::chrono::milliseconds look_again_soon{};
        /// To show that they still wait. The calls of one that was killed count for a second longer.
        std::chrono::milliseconds sign_of_life{};
    };

    [[nodiscard]] const std::vector<Ticket>& all() const noexcept { return tickets_; }
    void restore(std::vector<Ticket> tickets) { tickets_ = std::move(tickets); }

    /// About how many calls of all clients wait.
    [[nodiscard]] std::size_t waiting(TimePoint now) const;

    /// Takes a permit if there is one and it is the client's turn; else puts its ticket in.
    /// @param own a client without calls is taken to have come just now
    /// @param is_changed set where the pool or the tickets are different now
    RateLimiter::Admission acquire(PermitPool& pool, const Ticket& own, TimePoint now,
                                   RateLimiter::Clock::duration longest, const Habits& habits, bool& is_changed);
    /// Whether the ticket that is there says at most half or at least twice of what its client says now. To correct it only
    /// then is to write it as often as its number has digits.
    [[nodiscard]] bool is_misleading(const Ticket& own) const;
    /// Lets the ticket that is there say what its client says now, which may be that none of its calls wait.
    void correct(const Ticket& own);
    /// Takes a client's ticket out.
    void take_out(std::uint64_t client) {
        std::erase_if(tickets_, [=](const Ticket& ticket) { return ticket.client == client; });
    }
    [[nodiscard]] bool has(std::uint64_t client) const {
        return std::ranges::find(tickets_, client, &Ticket::client) != tickets_.end();
    }
    /// A permit may be free earlier than others know: who waits and does not come soon loses its turn.
    void hurry(std::uint64_t all_but, TimePoint now);
    /// How many calls of other clients come for certain before one of this client's that has `ahead` of its own before it.
    [[nodiscard]] std::size_t ahead_of(const Ticket& own, std::size_t ahead, TimePoint now) const;

private:
    [[nodiscard]] std::optional<TimePoint> others_first_until(const Ticket& own, TimePoint now) const;
    void served(const Ticket& own, TimePoint now);
    bool put_in(const Ticket& own, TimePoint asks_at, TimePoint served_by);

    std::vector<Ticket> tickets_{};
};

} // namespace fathom::detail
