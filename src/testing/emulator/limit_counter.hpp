/// @file
/// LimitCounter: the service's side of a rate limit; ConcurrencyGate: of the cap on requests at once.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

#include <fathom/testing/server_limits.hpp>

namespace fathom::testing::detail {

/// Counts the requests of one group. Refused requests don't count.
class LimitCounter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// @param others requests of other programs in each window, evenly spread from the first request on
    LimitCounter(ServerLimit limit, LimitWindow window, std::size_t others = 0)
        : limit_{limit}, window_{window}, others_{others} {}

    /// Counts a request that arrives now.
    /// @return the Retry-After of one that is too many
    [[nodiscard]] std::optional<std::chrono::seconds> count(TimePoint now);
    /// How many more would be let in now.
    [[nodiscard]] std::size_t remaining() const noexcept { return limit_.requests - hits_.size(); }
    [[nodiscard]] std::size_t limit() const noexcept { return limit_.requests; }
    /// Until another is let in after the limit was reached, in the whole seconds that the service counts in.
    [[nodiscard]] std::chrono::seconds until_room(TimePoint now) const;
    void reset();

private:
    [[nodiscard]] bool let_in(TimePoint now);
    void let_others_in(TimePoint now);
    void forget_old_hits(TimePoint now);

    ServerLimit limit_;
    LimitWindow window_;
    std::size_t others_;
    std::optional<TimePoint> next_other_{};
    std::deque<TimePoint> hits_{};
};

/// Lets so many requests in at once. Safe to use from any thread.
class ConcurrencyGate {
public:
    /// A place inside, until it is destroyed.
    class Pass {
    public:
        explicit Pass(ConcurrencyGate* gate) : gate_{gate} {}
        ~Pass() {
            if (gate_ != nullptr) --gate_->inside_;
        }
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;
        explicit operator bool() const noexcept { return gate_ != nullptr; }

    private:
        ConcurrencyGate* gate_;
    };

    /// @param places 0: no end of them
    explicit ConcurrencyGate(std::size_t places) : places_{places} {}

    /// @return what is false where all places are taken
    [[nodiscard]] Pass enter() {
        const bool is_in = ++inside_ <= places_ || places_ == 0;
        if (!is_in) --inside_;
        return Pass{is_in ? this : nullptr};
    }

private:
    const std::size_t places_;
    std::atomic<std::size_t> inside_{0};
};

} // namespace fathom::testing::detail
