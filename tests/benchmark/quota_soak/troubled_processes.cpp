#include "troubled_processes.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace fathom {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

TroubledProcesses::TroubledProcesses(std::size_t count, std::vector<std::string> command, std::uint64_t seed)
    : command_(std::move(command)), random_(seed), processes_(count) {
    for (Process& process : processes_) process.child = std::make_unique<ChildProcess>(command_);
}

void TroubledProcesses::trouble_until(Clock::time_point end) {
    Clock::time_point next_trouble = Clock::now() + between(200ms, 5s);
    while (true) {
        Clock::time_point next = std::min(next_trouble, end);
        for (const Process& process : processes_) {
            if (process.stop) next = std::min(next, process.stop->until);
        }
        std::this_thread::sleep_until(next);
        const Clock::time_point now = Clock::now();
        for (Process& process : processes_) {
            if (process.stop && process.stop->until <= now) go_on(process);
        }
        if (now >= end) return;
        if (now < next_trouble) continue;
        trouble(processes_[std::uniform_int_distribution<std::size_t>(0, processes_.size() - 1)(random_)], end);
        next_trouble = now + between(200ms, 5s);
    }
}

/// One that is stopped is killed so or left alone.
void TroubledProcesses::trouble(Process& process, Clock::time_point end) {
    const bool is_killed = std::bernoulli_distribution(0.2)(random_); // most live long enough to wait for windows
    if (is_killed) {
        process.child->kill();
        if (process.stop) go_on(process);
        process.child = std::make_unique<ChildProcess>(command_);
        ++kills_;
    } else if (!process.stop) {
        process.child->stop();
        const auto now = Clock::now();
        process.stop = Stop{process.child->id(), now, std::min(end, now + between(50ms, 8s))};
    }
}

void TroubledProcesses::go_on(Process& process) {
    process.child->go_on();
    process.stop->until = Clock::now();
    stops_.push_back(*std::exchange(process.stop, std::nullopt));
}

milliseconds TroubledProcesses::between(milliseconds least, milliseconds most) {
    return milliseconds(std::uniform_int_distribution<milliseconds::rep>(least.count(), most.count())(random_));
}

} // namespace fathom
