/// @file
/// Panels that are read again and again, and what is said of that.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <fathom/async_client.hpp>
#include <fathom/future.hpp>
#include <fathom/ids.hpp>

#include "../panels.hpp"

namespace fathom::cli {

/// Reads the panels of a site every so often, one look at a time. What it is asked must be on one thread.
class LivePanels {
public:
    using Clock = std::chrono::steady_clock;

    LivePanels(AsyncClient client, SiteId site, std::chrono::seconds every, PanelOptions options = {});
    LivePanels(const LivePanels&) = delete;
    LivePanels& operator=(const LivePanels&) = delete;
    ~LivePanels();

    /// Begins a look when it is time, and takes one that has ended. Never waits.
    /// @throw Exception where the first look fails in a way that another one would, too
    void go_on(Clock::time_point now, std::chrono::system_clock::time_point present);

    /// The last that came.
    [[nodiscard]] const std::optional<Panels>& panels() const noexcept { return panels_; }
    /// Why the last look brought none; empty where it did.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
    /// When the next is, or what the present one waits for.
    [[nodiscard]] std::string status(Clock::time_point now, std::chrono::system_clock::time_point present) const;

private:
    void take(Result<Panels> look);

    AsyncClient client_;
    SiteId site_;
    std::chrono::seconds every_;
    PanelOptions options_;
    Future<Panels> look_{}; // valid while one is under way
    std::optional<Clock::time_point> next_look_at_{};
    std::optional<Panels> panels_{};
    std::string failure_{};
};

} // namespace fathom::cli
