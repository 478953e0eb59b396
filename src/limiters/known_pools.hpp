/// @file
/// The pools that a store keeps for several processes, as one of them knows them.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "../core/permit_pool.hpp"
#include "../platform/fork.hpp"
#include "limiter_state.hpp"
#include "tickets.hpp"

namespace fathom::detail {

/// As old as the last look into the store. Serves to put right a store that has forgotten what it was told.
class KnownPools {
public:
    using TimePoint = PermitPool::TimePoint;

    explicit KnownPools(const RateLimits& limits);

    [[nodiscard]] PermitPool& operator[](LimitGroup group) { return pools_[static_cast<std::size_t>(group)]; }
    [[nodiscard]] const PermitPool& operator[](LimitGroup group) const {
        return pools_[static_cast<std::size_t>(group)];
    }
    /// Who waits for a permit of the group.
    [[nodiscard]] Tickets& tickets(LimitGroup group) { return tickets_[static_cast<std::size_t>(group)]; }
    [[nodiscard]] const Tickets& tickets(LimitGroup group) const { return tickets_[static_cast<std::size_t>(group)]; }
    /// Puts all of it into the state that is to be written.
    void put_into(LimiterState& state) const;

    /// Whether this is the store that was seen last.
    [[nodiscard]] bool knows(const LimiterState& state) const noexcept { return state.store_id == store_id_; }
    /// Takes over what the store holds, and adds to it what the store held before and has forgotten.
    /// @param number how often the store was written
    /// @return whether there was such a thing
    bool take_over(LimiterState& state, std::uint64_t number, TimePoint now);
    /// The store was seen, or written, so often.
    void seen(const LimiterState& state, std::uint64_t number) noexcept;

    /// This process holds a permit, which the store must not forget.
    void remember(LimitGroup group, std::uint64_t permit) { mine_.push_back({group, permit}); }
    /// It holds it no longer.
    void forget(LimitGroup group, std::uint64_t permit) { std::erase(mine_, Mine{group, permit}); }

private:
    struct Mine {
        LimitGroup group{};
        std::uint64_t permit = 0;
        friend bool operator==(const Mine&, const Mine&) = default;
    };

    [[nodiscard]] bool has_forgotten(const LimiterState& state, std::uint64_t number, TimePoint now) const;

    std::array<PermitPool, limit_group_count> pools_; // by LimitGroup
    std::array<Tickets, limit_group_count> tickets_{};
    std::uint64_t store_id_ = 0; ///< 0: none was seen yet.
    std::uint64_t number_ = 0;
    std::vector<Mine> mine_{};
    unsigned generation_ = generation_of_process();
};

/// A number that nobody else has.
[[nodiscard]] std::uint64_t unique_number();

/// A new store, whose permits have names that nobody else gives.
[[nodiscard]] LimiterState new_limiter_state(PermitPool::TimePoint now);

/// From now on permits get names that nobody else gives, even one who writes to the store at the same time.
void rename_next_permits(LimiterState& state);

} // namespace fathom::detail
