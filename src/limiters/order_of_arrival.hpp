/// @file
/// Whose turn it is among the clients that share a limiter.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// The clients of one group, each known by an address, and how long their oldest calls have waited. The one whose call came
/// first is served first; if it does not come when it could be served, the others need not wait for it.
class OrderOfArrival {
public:
    using Clock = RateLimiter::Clock;
    using TimePoint = Clock::time_point;

    /// @param changed called when the client's turn may have come; may be empty
    void join(const void* client, std::function<void()> changed);
    void leave(const void* client);
    /// So many of its calls wait, the oldest since then.
    void waiting(const void* client, std::size_t calls, TimePoint oldest_since);
    /// It has asked, and will ask again at that time.
    void asked(const void* client, TimePoint again_at);
    /// Until when others come first; nothing where it is the client's turn.
    [[nodiscard]] std::optional<TimePoint> others_first_until(const void* client, TimePoint now);
    /// Word to all that wait but the one who brought the change. They must come soon now, or are passed over.
    void tell_all_but(const void* client, TimePoint now);

private:
    struct Client {
        const void* address = nullptr;
        std::function<void()> changed{};
        std::size_t calls = 0;
        TimePoint oldest_since{};
        TimePoint comes_by{}; ///< Others wait for it no longer.
    };

    [[nodiscard]] Client* find(const void* client);

    std::vector<Client> clients_{};
};

} // namespace fathom::detail
