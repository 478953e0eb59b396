#include "round.hpp"

#include <cstdlib>
#include <iostream>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

#include "background.hpp"
#include "caller.hpp"

namespace fathom::soak {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto patience = 60s; // no call has a longer deadline, by far

/// Nobody tells when the last thread of a client, or its last call, has gone.
template <class Condition>
bool becomes_true(const Condition& condition) {
    const Clock::time_point give_up_at = Clock::now() + patience;
    while (!condition()) {
        if (Clock::now() > give_up_at) return false;
        std::this_thread::sleep_for(1ms);
    }
    return true;
}

void call_from_all_threads(const Common& common, std::chrono::milliseconds duration, unsigned threads, unsigned seed) {
    const Clock::time_point end = Clock::now() + duration;
    std::latch all_have_ended(threads);
    std::vector<std::jthread> callers;
    for (unsigned number = 1; number <= threads; ++number) {
        callers.emplace_back([&, number] {
            Caller(common, seed + number).run_until(end);
            all_have_ended.count_down();
        });
    }
    std::this_thread::sleep_until(end);
    if (becomes_true([&] { return all_have_ended.try_wait(); })) return;
    std::cerr << "a call hangs\n";
    std::abort(); // so that a debugger sees where
}

} // namespace

Resources run_round(const std::shared_ptr<Ledger>& ledger, std::chrono::milliseconds duration, unsigned threads,
                    unsigned seed) {
    const std::optional<std::size_t> threads_before = resources_now().threads;
    {
        Services services(seed);
        Background background;
        Common common{.services = services, .ledger = ledger, .executor = background.executor()};
        for (std::size_t service = 0; service < Services::count; ++service) {
            common.clients.emplace_back(client_options(common, service, seed + static_cast<unsigned>(service)));
        }
        call_from_all_threads(common, duration, threads, seed);
        common.clients.clear();
        if (!becomes_true([&] { return ledger->open() == 0; })) throw std::runtime_error("calls never end");
    }
    if (!becomes_true([&] { return resources_now().threads <= threads_before; })) {
        throw std::runtime_error("threads are left over");
    }
    return resources_now();
}

} // namespace fathom::soak
