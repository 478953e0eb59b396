#include "parting_threads.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include "../platform/fork.hpp"
#include "occupied_thread.hpp"

namespace fathom::detail {

namespace {

// Neither is ever destroyed, since a thread may come too late for the moment that it is given.
constinit std::atomic<int> parting{0};
constinit std::atomic<bool> is_exiting{false};

void give_them_a_moment() noexcept {
    if (OccupiedThread::is_this_one()) return; // a continuation ends the program, and would wait for itself
    constexpr std::chrono::milliseconds longest{2'000};
    constexpr std::chrono::milliseconds step{1};
    for (std::chrono::milliseconds waited{0}; parting > 0 && waited < longest; waited += step) {
        std::this_thread::sleep_for(step);
    }
}

struct AtExit {
    AtExit() noexcept = default;
    AtExit(const AtExit&) = delete;
    AtExit& operator=(const AtExit&) = delete;
    ~AtExit() {
        is_exiting = true;
        if (generation_of_process() == generation) give_them_a_moment(); // fork() copies no threads
    }

    unsigned generation = generation_of_process();
};

} // namespace

void PartingThreads::watch() { static const AtExit at_exit; }

void PartingThreads::told() noexcept { ++parting; }

void PartingThreads::gone() noexcept { --parting; }

void PartingThreads::wait_at_exit() noexcept {
    if (is_exiting) give_them_a_moment();
}

} // namespace fathom::detail
