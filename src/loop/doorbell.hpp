/// @file
/// How a limiter that several clients share gets word to one of them.
#pragma once

#include <atomic>
#include <utility>

#include "waker.hpp"

namespace fathom::detail {

/// Rung on any thread; heard by whoever drives the loop. It may outlive the loop, and takes no lock, since a limiter rings
/// under its own.
class Doorbell {
public:
    explicit Doorbell(Waker waker) noexcept : waker_(std::move(waker)) {}

    void ring() noexcept {
        if (!is_rung_.exchange(true)) waker_();
    }
    /// Whether it was rung since the last time.
    [[nodiscard]] bool was_rung() noexcept { return is_rung_.exchange(false); }
    /// Whether it was, and nobody has heard it yet.
    [[nodiscard]] bool is_rung() const noexcept { return is_rung_; }

private:
    Waker waker_;
    std::atomic<bool> is_rung_{false};
};

} // namespace fathom::detail
