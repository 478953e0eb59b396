/// @file
/// A rate limiter of which nothing escapes.
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// Passes everything on to a limiter. A program may bring its own, and what that throws must not get into the state
/// machine: a permit that cannot be asked for is an Error of kind internal, and what cannot be told is dropped.
class LimiterGuard {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;

    explicit LimiterGuard(std::shared_ptr<RateLimiter> limiter) : limiter_(std::move(limiter)) {}

    [[nodiscard]] Result<RateLimiter::Admission> acquire(LimitGroup group, TimePoint now, Clock::duration longest) {
        try {
            return limiter_->acquire(group, now, longest);
        } catch (const std::exception& failure) {
            return internal_error(failure.what());
        } catch (...) {
            return internal_error("something that is no std::exception");
        }
    }
    void release(LimitGroup group, RateLimiter::Permit permit, PermitUse use, TimePoint now) noexcept {
        tell([&] { limiter_->release(group, permit, use, now); });
    }
    void refused(LimitGroup group, RateLimiter::Permit permit, std::optional<std::chrono::seconds> retry_after,
                 TimePoint now) noexcept {
        tell([&] { limiter_->refused(group, permit, retry_after, now); });
    }
    void tighten(LimitGroup group, std::size_t remaining, TimePoint until, TimePoint now) noexcept {
        tell([&] { limiter_->tighten(group, remaining, until, now); });
    }
    void close(LimitGroup group, TimePoint until, TimePoint now) noexcept {
        tell([&] { limiter_->close(group, until, now); });
    }
    void waiting(LimitGroup group, std::size_t calls, TimePoint oldest_since, TimePoint now) noexcept {
        tell([&] { limiter_->waiting(group, calls, oldest_since, now); });
    }
    /// Now, where the limiter cannot tell.
    [[nodiscard]] TimePoint earliest(LimitGroup group, std::size_t ahead, TimePoint now) const noexcept {
        return ask(now, [&] { return limiter_->earliest(group, ahead, now); });
    }
    [[nodiscard]] LimitPace pace(LimitGroup group, TimePoint now) const noexcept {
        return ask(LimitPace{}, [&] { return limiter_->pace(group, now); });
    }
    [[nodiscard]] const RateLimits& limits() const noexcept { return limiter_->limits(); }

private:
    [[nodiscard]] static Error internal_error(const char* thrown) {
        return {.kind = ErrorKind::internal, .message = std::string("the rate limiter threw: ") + thrown};
    }
    static void tell(const auto& what) noexcept {
        try {
            what();
        } catch (...) { // NOLINT(bugprone-empty-catch): the limiter's loss; the call goes on without it
        }
    }
    template <class Answer>
    [[nodiscard]] static Answer ask(Answer otherwise, const auto& what) noexcept {
        try {
            return what();
        } catch (...) {
            return otherwise;
        }
    }

    std::shared_ptr<RateLimiter> limiter_;
};

} // namespace fathom::detail
