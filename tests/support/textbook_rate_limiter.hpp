/// @file
/// The token bucket of the textbooks: a test of the tests that the real limiter passes.
#pragma once

#include <algorithm>
#include <chrono>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// Ten tokens at first, and another one every six seconds. A server that counts in windows sees up to twenty a minute.
class TextbookRateLimiter final : public RateLimiter {
public:
    Result<Admission> acquire(LimitGroup, Clock::time_point now, Clock::duration) override {
        refill(now);
        if (tokens_ == 0) return Denied{refilled_at_ + refill_interval};
        --tokens_;
        return Permit{};
    }
    void release(LimitGroup, Permit, PermitUse, Clock::time_point) override {}
    void close(LimitGroup, Clock::time_point, Clock::time_point) override {}
    [[nodiscard]] Clock::time_point earliest(LimitGroup, std::size_t, Clock::time_point now) const override {
        return now;
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup, Clock::time_point) const override {
        return static_cast<std::size_t>(tokens_);
    }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }

private:
    static constexpr int burst = 10;
    static constexpr std::chrono::seconds refill_interval{6};

    void refill(Clock::time_point now) {
        if (refilled_at_ == Clock::time_point{}) refilled_at_ = now;
        while (refilled_at_ + refill_interval <= now) {
            refilled_at_ += refill_interval;
            tokens_ = std::min(tokens_ + 1, burst);
        }
    }

    RateLimits limits_{};
    int tokens_ = burst;
    Clock::time_point refilled_at_{};
};

} // namespace fathom::detail
