/// @file
/// The arithmetic of one limit, without a clock.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include <fathom/rate_limit.hpp>

#include "pace.hpp"

namespace fathom::detail {

/// The permits of one group, and its pace. A permit that was given comes back one window (plus the margin) after its
/// attempt has ended: the server saw the request no later than that, so no window of the server's can hold more requests
/// that it served than the limit. Whatever else makes the service refuse is left to the pace.
class PermitPool {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;

    PermitPool(const RateLimit& limit, std::chrono::seconds margin, std::chrono::seconds late_arrival);

    /// What a pool remembers, for limiters that keep it outside of the process.
    struct State {
        /// A permit that was given and has not come back.
        struct InFlight {
            std::uint64_t id = 0;
            TimePoint sent_at{};
            TimePoint ends_by{}; ///< The attempt has ended by then. Its permit lapses as if it had been abandoned then.
            std::size_t beside = 1; ///< Calls in flight when it was sent, itself included.
        };
        std::uint64_t last_id = 0;
        std::vector<InFlight> in_flight{};
        std::deque<TimePoint> returning{}; ///< When the others come back, ascending.
        std::deque<TimePoint> unserved{};  ///< Those of them that served no request of ours, ascending.
        Pace::State pace{};
    };

    [[nodiscard]] const State& state() const noexcept { return state_; }
    void restore(State state);

    RateLimiter::Admission acquire(TimePoint now, Clock::duration longest);
    /// Counts a permit that was taken elsewhere, even where none is free.
    RateLimiter::Permit record(TimePoint now, Clock::duration longest);
    void release(RateLimiter::Permit permit, PermitUse use, TimePoint now);
    /// The service answered 429.
    void refused(RateLimiter::Permit permit, std::optional<std::chrono::seconds> retry_after, TimePoint now);
    void close(TimePoint until);
    /// No more than so many permits are free until then.
    void tighten(std::size_t remaining, TimePoint until, TimePoint now);

    [[nodiscard]] TimePoint earliest(std::size_t ahead, TimePoint now) const;
    /// How long a permit is held after the end of its attempt.
    [[nodiscard]] Clock::duration hold_after(PermitUse use) const;
    /// Permits that could be taken now.
    [[nodiscard]] std::size_t free_permits(TimePoint now) const;
    /// Calls whose attempts have not ended.
    [[nodiscard]] std::size_t in_flight(TimePoint now) const;
    /// Whether the next call waits for the answer to another one, so that an end of an attempt lets it go at once.
    [[nodiscard]] bool waits_for_answers(TimePoint now) const { return window_opens_at(now) > now; }
    [[nodiscard]] LimitPace pace(TimePoint now) const;

private:
    [[nodiscard]] TimePoint lapses_at(const State::InFlight& permit) const;
    [[nodiscard]] std::size_t held(TimePoint now) const;
    [[nodiscard]] TimePoint back_at(std::size_t place, TimePoint now) const;
    [[nodiscard]] TimePoint window_opens_at(TimePoint now) const;
    [[nodiscard]] std::optional<State::InFlight> take_out(RateLimiter::Permit permit);
    void hold(TimePoint until, bool served);
    void collect_returned(TimePoint now);

    std::size_t limit_;
    Clock::duration margin_;
    Clock::duration hold_;
    Clock::duration late_arrival_;
    Pace pace_;
    State state_{};
};

} // namespace fathom::detail
