/// @file
/// How fast one group may go: what is learnt from refusals and successes, without a clock.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// What the permits do not explain. A service may refuse (429) although the permits say that there is room: it also caps
/// the calls in flight, or another program uses the same key, or it counts in a way of its own. Which of these it was
/// shows in whether other calls were in flight:
///
/// - beside others, the refusal is taken for a cap: the *window* of calls in flight is halved, and then grows by one each
///   time that enough calls were served with the window full. The window starts open.
/// - alone, it speaks of the limit: the group pauses, longer with each refusal in a row, and where that repeats, fewer
///   requests are sent in a window, evenly spaced. These grow back by a tenth at a time.
///
/// Whatever grew last and met a refusal is taken back, and waits twice as long before it grows again.
class Pace {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;

    /// What is learnt. Plain numbers, so that a shared limiter can store them.
    struct State {
        TimePoint paused_until{};         ///< Nothing is sent before.
        TimePoint round_began_at{};       ///< Refusals of what was sent before are part of a round that was dealt with.
        TimePoint last_sent_at{};         ///< For the spacing.
        TimePoint slowed_at{};            ///< When the spacing last changed.
        std::uint32_t refused_rounds = 0; ///< In a row.
        bool is_probing = false;          ///< One call at a time, until one is served.
        bool has_slowed = false;          ///< In this row of refusals.
        std::uint32_t window = 0;         ///< Most calls in flight; 0: open.
        std::uint32_t window_before = 0;  ///< What it was before the last cut.
        std::uint32_t full_successes = 0; ///< Served with the window full, since it changed.
        std::uint32_t window_patience = 8; ///< So many of these let it grow.
        bool has_window_grown = false;     ///< Its last change.
        std::uint32_t requests = 0;        ///< Evenly spaced, so many in the limit's window; 0: as the permits allow.
        std::uint32_t speed_patience = 1;  ///< So many minutes (or windows, if shorter) let it grow.
        bool has_sped_up = false;          ///< Its last change.
    };

    /// A call that was in flight.
    struct Sent {
        TimePoint at{};
        std::size_t beside = 1; ///< Calls in flight when it was sent, itself included.
    };

    /// @param hold how long a permit is held: the limit's window and the margin
    Pace(const RateLimit& limit, Clock::duration hold);

    [[nodiscard]] const State& state() const noexcept { return state_; }
    void restore(const State& state) noexcept { state_ = state; }

    /// When pause and spacing let the next call go.
    [[nodiscard]] TimePoint opens_at() const noexcept;
    /// Between two calls; zero where they are not spaced.
    [[nodiscard]] Clock::duration spacing() const noexcept;
    /// Most calls in flight now; nothing where there is no bound.
    [[nodiscard]] std::optional<std::size_t> most_in_flight() const noexcept;
    /// While it probes, only one call that was sent since then may be in flight.
    [[nodiscard]] std::optional<TimePoint> probing_since() const noexcept;
    /// How many requests in a window it aims at.
    [[nodiscard]] std::size_t requests() const noexcept { return state_.requests == 0 ? limit_ : state_.requests; }

    void pause(TimePoint until) noexcept;
    void sent(TimePoint now) noexcept { state_.last_sent_at = now; }
    void served(Sent call, TimePoint now) noexcept;
    /// @param left calls that are still in flight
    /// @param served_lately calls of ours that were served within the last window
    void refused(Sent call, std::optional<Clock::duration> wait, std::size_t left, std::size_t served_lately,
                 TimePoint now) noexcept;
    /// Whether refused requests must be believed to count, so that their permits are held like others.
    [[nodiscard]] bool counts_refused() const noexcept { return state_.refused_rounds >= 3; }

private:
    void widen() noexcept;
    void narrow(std::size_t beside) noexcept;
    void slow_down(std::size_t served_lately, TimePoint now) noexcept;
    void speed_up(TimePoint now) noexcept;
    [[nodiscard]] Clock::duration own_pause(bool was_alone) const noexcept;
    /// By so much the requests in a window grow and shrink: a tenth of the limit.
    [[nodiscard]] std::uint32_t step() const noexcept { return std::max(limit_ / 10, 1U); }

    std::uint32_t limit_;
    std::optional<std::size_t> cap_;
    Clock::duration window_length_;
    Clock::duration hold_;
    State state_{};
};

} // namespace fathom::detail
