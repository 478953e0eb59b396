// What a loop does that lives in an event loop of the program's.
#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "../platform/fork.hpp"
#include "loop.hpp"
#include "occupied_thread.hpp"

namespace fathom::detail {

namespace {

using Duration = Transport::Clock::duration;

} // namespace

/// Whether this thread drives where it blocks now.
bool Loop::may_drive() const { return !is_driven_ && (!is_hosted_ || is_host()); }

bool Loop::is_host() const {
    const std::thread::id here = std::this_thread::get_id();
    return host_thread_ == here || stand_in_ == here;
}

bool Loop::is_hosted_here() const {
    if (!is_hosted_ || generation_of_process() != generation_) return false;
    const Locked lock(mutex_);
    return is_host();
}

bool Loop::is_any_hosted() noexcept { return hosted_loops_ > 0; }

/// Has the program call process(). It is told once, since each time costs a system call.
void Loop::ring_host() {
    if (!std::exchange(is_host_rung_, true)) waker_();
}

/// What the last driver did not come to.
bool Loop::has_word_for_host() const {
    return !submitted_.empty() || !cancelled_.empty() || !to_deliver_.empty() || bell_->is_rung();
}

/// A thread that does not host the loop leaves its call to the one that does. Where that has stopped, no call may last
/// longer than its deadline all the same, so this thread stands in for it.
void Loop::wait_for_host(WaitedCall& call) {
    constexpr std::chrono::seconds grace{1};
    const std::chrono::nanoseconds patience =
        std::clamp<std::chrono::nanoseconds>(call.deadline - present_or_later(), std::chrono::nanoseconds{0},
                                             std::chrono::hours{24}) +
        grace;
    fall_asleep(call);
    mutex_.unlock();
    const std::optional<Waiter::Reason> reason = call.waiter.wait_for(patience);
    mutex_.lock();
    if (call.is_asleep) get_up(call);
    if (!reason && !is_driven_) stand_in_ = std::this_thread::get_id();
}

/// Now, for process() to be called; there a clock that throws ends all calls.
Call::TimePoint Loop::present_or_later() const noexcept {
    try {
        return transport_->now();
    } catch (...) {
        return Transport::Clock::now();
    }
}

std::optional<Call::TimePoint> Loop::next_deadline() const {
    if (generation_of_process() != generation_) return std::nullopt;
    const Locked lock(mutex_);
    return has_word_for_host() ? present_or_later() : due_at_;
}

void Loop::process() {
    if (generation_of_process() != generation_ || OccupiedThread::is_this_one(*this)) return;
    const std::shared_ptr<Loop> self = shared_from_this(); // a continuation may let go of the last client
    mutex_.lock();
    if (is_driven_) return mutex_.unlock();
    host_thread_ = std::this_thread::get_id();
    stand_in_ = {};
    is_driven_ = true;
    is_host_rung_ = false;
    {
        const OccupiedThread occupied(*this);
        settle();
        turn(Duration::zero());
        settle();
        if (is_shutting_down_) end_all();
    }
    stop_driving();
}

bool Loop::process_until(const std::function<bool()>& is_reached, Call::TimePoint limit) {
    const std::shared_ptr<Loop> self = shared_from_this();
    mutex_.lock();
    if (!may_drive()) {
        mutex_.unlock();
        return false;
    }
    is_driven_ = true;
    is_host_rung_ = false;
    {
        const OccupiedThread occupied(*this);
        while (true) {
            settle();
            is_nudged_ = false;
            mutex_.unlock();
            const Duration left = time_left(limit);
            const bool is_enough = is_reached() || left <= Duration::zero(); // takes the lock of a future
            mutex_.lock();
            if (is_enough) break;
            turn(to_deliver_.empty() ? std::min<Duration>(left, std::chrono::hours{1}) : Duration::zero());
        }
        if (is_shutting_down_) end_all();
    }
    is_host_behind_ = is_busy_;
    stop_driving();
    return true;
}

void Loop::nudge() noexcept {
    const Locked lock(mutex_);
    is_nudged_ = true;
    if (std::exchange(is_asleep_, false)) transport_->wake();
}

/// Takes in what has come, hands over what has ended, and takes in what continuations have begun.
void Loop::settle() {
    take_in_messages();
    publish_finished();
    if (to_deliver_.empty()) return;
    deliver();
    take_in_messages();
    publish_finished();
}

/// Nobody is left who could begin a call, so this comes to an end.
void Loop::end_all() {
    do {
        settle();
    } while (needs_driver() || !to_deliver_.empty());
}

/// Where the host has nothing to wait for, it waits for nothing.
void Loop::note_what_is_due() {
    while (true) {
        mutex_.unlock();
        const std::optional<Call::TimePoint> due = next_due();
        mutex_.lock();
        due_at_ = due;
        // The last client may have gone meanwhile, on a thread that left the end to this one.
        if (!is_shutting_down_ || (!needs_driver() && to_deliver_.empty())) return;
        const OccupiedThread occupied(*this);
        end_all();
    }
}

/// What a transport of the program's throws will be met again by process().
std::optional<Call::TimePoint> Loop::next_due() const noexcept {
    std::optional<Call::TimePoint> next = next_event();
    if (!scheduler_.is_busy()) return next;
    try {
        if (const auto due = transport_->next_due()) next = std::min(*due, next.value_or(*due));
    } catch (...) { // NOLINT(bugprone-empty-catch)
    }
    return next;
}

void Loop::shut_down_here() noexcept {
    mutex_.lock();
    is_shutting_down_ = true;
    if (is_driven_) { // by a continuation's process(), or by another thread
        wake();
        return mutex_.unlock();
    }
    is_driven_ = true;
    is_host_rung_ = false;
    {
        const OccupiedThread occupied(*this);
        end_all();
    }
    stop_driving();
}

} // namespace fathom::detail
