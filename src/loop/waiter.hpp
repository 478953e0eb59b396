/// @file
/// Where a thread waits for its call.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace fathom::detail {

/// What one thread waits on, and others wake it by. It has a lock of its own: whoever is woken need not wait for the loop's,
/// which the one that woke it may still hold.
class Waiter {
public:
    /// Why the thread is woken.
    enum class Reason : std::uint8_t {
        done,  ///< Its call is.
        drive, ///< Nobody drives the loop any more.
    };

    /// Waits until wake() is called, unless it was called already, and gives its reason.
    Reason wait() {
        std::unique_lock lock(mutex_);
        woken_.wait(lock, [this] { return reason_.has_value(); });
        return *std::exchange(reason_, std::nullopt);
    }

    /// Waits at most so long. @return nothing where wake() was not called
    std::optional<Reason> wait_for(std::chrono::nanoseconds longest) {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, longest, [this] { return reason_.has_value(); });
        return std::exchange(reason_, std::nullopt);
    }

    /// Ends one wait, which has begun or will.
    void wake(Reason reason) {
        {
            const std::scoped_lock lock(mutex_);
            reason_ = reason;
        }
        woken_.notify_one();
    }

private:
    std::mutex mutex_{};
    std::condition_variable woken_{};
    std::optional<Reason> reason_{};
};

} // namespace fathom::detail
