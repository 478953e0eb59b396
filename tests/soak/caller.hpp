/// @file
/// A thread of a program that makes calls of all kinds in all ways.
#pragma once

#include <chrono>
#include <random>
#include <vector>

#include <fathom/fathom.hpp>

#include "calls.hpp"
#include "ledger.hpp"
#include "services.hpp"

namespace fathom::soak {

/// What the threads of a round share.
struct Common {
    Services& services;
    std::shared_ptr<Ledger> ledger;
    Executor executor;
    std::vector<AsyncClient> clients{}; ///< One for each service; go with the round, or with their last call.
};

/// How clients are set up; they differ in what the seed says.
/// @param requests most in a second
[[nodiscard]] ClientOptions client_options(const Common& common, std::size_t service, unsigned seed,
                                           std::size_t requests = 100'000);

/// Makes one call after another, or several at once, and lets clients come and go.
class Caller {
public:
    using Clock = std::chrono::steady_clock;

    Caller(const Common& common, unsigned seed) : common_(common), random_(seed) {}

    void run_until(Clock::time_point end);

private:
    void act();
    void block();
    void block_and_be_stopped();
    void walk();
    void begin_several();
    void begin(const AsyncClient& client);
    void continue_one();
    void await_two();
    void walk_on();
    void leave_in_continuation();

    /// A client that others use too, or a new one.
    [[nodiscard]] AsyncClient any_client();
    [[nodiscard]] AsyncClient new_client();
    [[nodiscard]] CallOptions any_options(std::shared_ptr<Entry> entry);
    [[nodiscard]] ListOptions any_list(std::shared_ptr<Entry> entry);
    [[nodiscard]] std::size_t below(std::size_t number) { return random_() % number; }
    [[nodiscard]] bool happens_once_in(std::size_t times) { return below(times) == 0; }
    [[nodiscard]] const SiteId& site() const { return common_.services.site(); }

    const Common& common_;
    std::minstd_rand random_;
};

} // namespace fathom::soak
