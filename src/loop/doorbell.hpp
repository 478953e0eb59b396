/// @file
/// How a limiter that several clients share gets word to one of them.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include <fathom/transport.hpp>

namespace fathom::detail {

/// Rung on any thread; heard by whoever drives the loop. It may outlive the loop, and takes no lock, since a limiter rings
/// under its own.
class Doorbell {
public:
    explicit Doorbell(std::shared_ptr<Transport> transport) : transport_(std::move(transport)) {}

    void ring() noexcept {
        if (!is_rung_.exchange(true)) transport_->wake();
    }
    /// Whether it was rung since the last time.
    [[nodiscard]] bool was_rung() noexcept { return is_rung_.exchange(false); }

private:
    std::shared_ptr<Transport> transport_;
    std::atomic<bool> is_rung_{false};
};

} // namespace fathom::detail
