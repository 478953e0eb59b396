#include "known_pools.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "limiter_repair.hpp"

namespace fathom::detail {

namespace {

using InFlight = PermitPool::State::InFlight;

std::uint64_t random_number() {
    thread_local std::mt19937_64 random = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return random() >> 1; // room to count on
}

const InFlight* find(const PermitPool::State& pool, std::uint64_t permit) {
    const auto found = std::ranges::find(pool.in_flight, permit, &InFlight::id);
    return found == pool.in_flight.end() ? nullptr : &*found;
}

} // namespace

KnownPools::KnownPools(const RateLimits& limits)
    : pools_{PermitPool(limits.resources, limits.margin, limits.late_arrival),
             PermitPool(limits.reports, limits.margin, limits.late_arrival)} {}

bool KnownPools::take_over(LimiterState& state, std::uint64_t number, TimePoint now) {
    const bool adds = has_forgotten(state, number, now);
    if (adds) add_known(state, states());
    for (std::size_t i = 0; i < pools_.size(); ++i) pools_[i].restore(state.pools[i]);
    return adds;
}

void KnownPools::seen(const LimiterState& state, std::uint64_t number) noexcept {
    store_id_ = state.store_id;
    number_ = number;
}

bool KnownPools::has_forgotten(const LimiterState& state, std::uint64_t number, TimePoint now) const {
    if (store_id_ == 0) return false;
    if (!knows(state) || number < number_) return true;
    return std::ranges::any_of(mine_, [&](const Mine& mine) {
        const InFlight* const known = find((*this)[mine.group].state(), mine.permit);
        const bool lasts = known != nullptr && known->ends_by > now;
        return lasts && find(state.pools[static_cast<std::size_t>(mine.group)], mine.permit) == nullptr;
    });
}

LimiterState new_limiter_state(PermitPool::TimePoint now) {
    LimiterState state{.store_id = random_number() + 1, .written_at = now};
    rename_next_permits(state);
    return state;
}

void rename_next_permits(LimiterState& state) {
    for (PermitPool::State& pool : state.pools) pool.last_id = random_number();
}

} // namespace fathom::detail
