#include "server_clock.hpp"

#include <chrono>

namespace fathom::redis::detail {

namespace {

using Duration = ServerClock::Clock::duration;

/// Clocks that nobody sets may differ by so much, and by a thousandth of the time that has passed.
constexpr std::chrono::seconds tolerance{1};

} // namespace

ServerClock::Microseconds ServerClock::hear(Microseconds server_time, Microseconds correction, const Heard& heard) {
    TimePoint limit_time{server_time + correction};
    if (has_heard_) {
        const auto step = std::chrono::floor<Microseconds>(step_to(limit_time, heard));
        limit_time -= step;
        correction -= step;
    }
    has_heard_ = true;
    now_ = limit_time;
    heard_ = heard;
    return correction;
}

void ServerClock::go_on_from(TimePoint limit_time) { now_ = limit_time; }

/// By how much the server's clock was set; zero where this machine's may have been, or slept.
Duration ServerClock::step_to(TimePoint limit_time, const Heard& heard) const {
    const Duration steady = heard.answered_at - heard_.answered_at;
    const Duration calendar = std::chrono::duration_cast<Duration>(heard.calendar - heard_.calendar);
    const Duration at_server = limit_time - now_;
    const Duration unsure = tolerance + steady / 1'000 + (heard.answered_at - heard.asked_at);
    const auto differs = [&](Duration here) { return std::chrono::abs(at_server - here) > unsure; };
    return differs(steady) && differs(calendar) ? at_server - steady : Duration::zero();
}

} // namespace fathom::redis::detail
