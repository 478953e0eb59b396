/// @file
/// How whoever drives a loop, or is to, gets word that there is something to do.
#pragma once

#include <memory>
#include <utility>

#include <fathom/notice.hpp>
#include <fathom/transport.hpp>

namespace fathom::detail {

/// Wakes the transport, and tells the program where that has asked for it. Used on any thread, and under locks.
class Waker {
public:
    explicit Waker(std::shared_ptr<Transport> transport, Notice on_wake = {}) noexcept
        : transport_(std::move(transport)), on_wake_(std::move(on_wake)) {}

    void operator()() const noexcept {
        transport_->wake();
        if (!on_wake_) return;
        try {
            on_wake_();
        } catch (...) { // NOLINT(bugprone-empty-catch): the program's loss
        }
    }

private:
    std::shared_ptr<Transport> transport_;
    Notice on_wake_;
};

} // namespace fathom::detail
