/// @file
/// Asks the service for all browsers at once, and only while somebody looks.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include <fathom/async_client.hpp>
#include <fathom/future.hpp>
#include <fathom/ids.hpp>

#include "latest.hpp"
#include "snapshot.hpp"

class Feed {
public:
    /// Most that may look at a time: each is a connection and a thread.
    static constexpr std::size_t most_viewers = 100;

    /// @param interval from one look at the service to the next
    Feed(fathom::AsyncClient client, fathom::SiteId site, std::chrono::seconds interval, Latest& latest);
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;
    /// Gives up what is under way.
    ~Feed();

    /// Somebody looks, until the pointer goes. Null where too many do.
    [[nodiscard]] std::shared_ptr<const void> watch();

private:
    [[nodiscard]] bool go_on();
    void leave();
    [[nodiscard]] std::chrono::milliseconds time_until_due() const;
    fathom::Future<void> refresh_while_watched();
    [[nodiscard]] fathom::Future<fathom::cli::Panels> look() const;
    void publish(fathom::Result<fathom::cli::Panels> panels);

    fathom::AsyncClient client_;
    fathom::SiteId site_;
    std::chrono::seconds interval_;
    Latest& latest_;
    std::stop_source stop_{};

    std::mutex mutex_{}; // of these three
    std::size_t viewers_ = 0;
    bool is_running_ = false;
    fathom::Future<void> running_{};

    // Of whoever runs refresh_while_watched(), one at a time.
    Snapshot snapshot_{};
    std::optional<std::chrono::steady_clock::time_point> looked_at_{};
};
