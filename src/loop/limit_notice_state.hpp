/// @file
/// What a LimitNotice and the loop share.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include <fathom/limit_notice.hpp>

#include "../core/call.hpp"
#include "../core/call_errors.hpp"

namespace fathom::detail {

class Loop;

/// Delivered as the outcome of a call is, though no call: it has something to tell before its call is done.
class LimitNoticeState final : public Call, public FutureState<std::optional<LimitWait>> {
public:
    LimitNoticeState() : Call({}, TimePoint::max(), {}, Ending::delivered) {}

    /// The loop that its call goes to.
    void belong_to(std::weak_ptr<Loop> loop) {
        const std::scoped_lock lock(mutex_);
        loop_ = std::move(loop);
    }
    /// What its future is to say. @return false where that was said already
    [[nodiscard]] bool tell(const std::optional<LimitWait>& wait) noexcept {
        if (is_told_.exchange(true)) return false;
        wait_ = wait;
        return true;
    }
    void deliver() noexcept override {
        set_result(wait_);
        resume_apart(publish());
    }

private:
    /// Whoever waits for word no longer does; the call goes on.
    void cancel_call() noexcept override {
        if (is_told_.exchange(true)) return;
        set_result(cancelled_by_caller());
        resume_apart(publish());
    }
    [[nodiscard]] std::shared_ptr<Loop> loop_to_drive() const override;
    [[nodiscard]] std::shared_ptr<Loop> loop() const;

    mutable std::mutex mutex_{};
    std::weak_ptr<Loop> loop_{};
    std::atomic<bool> is_told_{false};
    std::optional<LimitWait> wait_{};
};

/// Where a call ends that reaches no loop.
inline void end_unasked(const CallOptions& options) noexcept {
    if (!options.limit_notice) return;
    const std::shared_ptr<LimitNoticeState>& state = Access::state_of(*options.limit_notice);
    if (state->tell(std::nullopt)) state->deliver();
}

} // namespace fathom::detail
