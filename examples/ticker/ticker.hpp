/// @file
/// How many visitors a site has, for a program that draws frames.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <fathom/async_client.hpp>

/// Asks the service every 15 seconds. No member ever waits, whatever the network does.
class Ticker {
public:
    using Clock = std::chrono::steady_clock;

    Ticker(fathom::AsyncClient client, fathom::SiteId site) : client_(std::move(client)), site_(std::move(site)) {}

    /// To be called with each frame.
    void update(Clock::time_point now) {
        if (asked_.valid() && asked_.is_ready()) {
            const fathom::Result<fathom::CurrentVisitors> visitors = asked_.get();
            is_stale_ = !visitors;
            if (visitors) total_ = visitors->total;
        }
        if (asked_.valid() || now < next_) return;
        asked_ = client_.current_visitors().get(site_);
        next_ = now + std::chrono::seconds{15};
    }
    /// What to draw.
    [[nodiscard]] std::string text() const {
        const std::string count = total_ ? std::to_string(*total_) : "?";
        return count + (total_ == 1 ? " visitor" : " visitors") + (is_stale_ ? ", a while ago" : "");
    }

private:
    fathom::AsyncClient client_;
    fathom::SiteId site_;
    fathom::Future<fathom::CurrentVisitors> asked_;
    Clock::time_point next_{};
    std::optional<std::int64_t> total_{};
    bool is_stale_ = false;
};
