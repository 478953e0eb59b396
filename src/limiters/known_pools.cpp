#include "known_pools.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "limiter_repair.hpp"

namespace fathom::detail {

namespace {

using InFlight = PermitPool::State::InFlight;

const InFlight* find(const PermitPool::State& pool, std::uint64_t permit) {
    const auto found = std::ranges::find(pool.in_flight, permit, &InFlight::id);
    return found == pool.in_flight.end() ? nullptr : &*found;
}

} // namespace

std::uint64_t unique_number() {
    const auto seeded = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64(seed);
    };
    thread_local unsigned generation = generation_of_process();
    thread_local std::mt19937_64 random = seeded();
    if (std::exchange(generation, generation_of_process()) != generation) random = seeded(); // else the parent's again
    return random() >> 1;                                                                    // room to count on
}

KnownPools::KnownPools(const RateLimits& limits)
    : pools_{PermitPool(limits.resources, limits.margin, limits.late_arrival),
             PermitPool(limits.reports, limits.margin, limits.late_arrival)} {}

bool KnownPools::take_over(LimiterState& state, std::uint64_t number, TimePoint now) {
    const unsigned generation = generation_of_process();
    if (std::exchange(generation_, generation) != generation) mine_.clear(); // those are the parent's
    const bool adds = has_forgotten(state, number, now);
    if (adds) add_known(state, {pools_[0].state(), pools_[1].state()});
    for (std::size_t i = 0; i < pools_.size(); ++i) pools_[i].restore(state.pools[i]);
    for (std::size_t i = 0; i < tickets_.size(); ++i) tickets_[i].restore(state.tickets[i]);
    return adds;
}

void KnownPools::put_into(LimiterState& state) const {
    for (std::size_t i = 0; i < pools_.size(); ++i) state.pools[i] = pools_[i].state();
    for (std::size_t i = 0; i < tickets_.size(); ++i) state.tickets[i] = tickets_[i].all();
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
    LimiterState state{.store_id = unique_number() + 1, .written_at = now};
    rename_next_permits(state);
    return state;
}

void rename_next_permits(LimiterState& state) {
    for (PermitPool::State& pool : state.pools) pool.last_id = unique_number();
}

} // namespace fathom::detail
