/// @file
/// StopSignal: ends all waiting at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace fathom::testing::detail {

/// Raised once. Safe to use from any thread.
class StopSignal {
public:
    void raise() {
        {
            const std::lock_guard lock{mutex_};
            raised_ = true;
        }
        wake_.notify_all();
    }

    /// Waits for the time to pass.
    /// @return false where the signal ended it
    [[nodiscard]] bool sleep(std::chrono::milliseconds time) {
        std::unique_lock lock{mutex_};
        return !wake_.wait_for(lock, time, [this] { return raised_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    bool raised_ = false;
};

} // namespace fathom::testing::detail
