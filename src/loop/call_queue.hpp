/// @file
/// Calls that stand in line without memory of the line's own.
#pragma once

#include <memory>
#include <utility>

#include "../core/call.hpp"

namespace fathom::detail {

/// Calls in order of arrival, linked by a member of theirs, so that nothing that is done with the queue can fail. A call
/// stands at most once in all queues of the same link.
template <std::shared_ptr<Call> Call::* Next>
class CallQueue {
public:
    CallQueue() = default;
    CallQueue(CallQueue&& other) noexcept
        : first_(std::exchange(other.first_, nullptr)), last_(std::exchange(other.last_, nullptr)) {}
    CallQueue& operator=(CallQueue&& other) noexcept {
        std::swap(first_, other.first_);
        std::swap(last_, other.last_);
        return *this;
    }
    CallQueue(const CallQueue&) = delete;
    CallQueue& operator=(const CallQueue&) = delete;
    ~CallQueue() {
        while (pop()) {
        } // one by one: a chain that ends itself would recurse by its length
    }

    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }

    void push(std::shared_ptr<Call> call) noexcept {
        Call* const pushed = call.get();
        (last_ == nullptr ? first_ : last_->*Next) = std::move(call);
        last_ = pushed;
    }
    /// The first, which stands here no more; null where there is none.
    std::shared_ptr<Call> pop() noexcept {
        std::shared_ptr<Call> popped = std::move(first_);
        if (popped) first_ = std::exchange((*popped).*Next, nullptr);
        if (!first_) last_ = nullptr;
        return popped;
    }

private:
    std::shared_ptr<Call> first_{};
    Call* last_ = nullptr;
};

} // namespace fathom::detail
