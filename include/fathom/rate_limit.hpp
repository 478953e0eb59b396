/// @file
/// Pacing: how requests are kept below the service's limits.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string_view>

#include <fathom/export.hpp>
#include <fathom/notice.hpp>
#include <fathom/printing.hpp>
#include <fathom/result.hpp>

namespace fathom::inline v0_2 {

/// The service counts requests in two groups.
enum class LimitGroup : std::uint8_t {
    resources, ///< Account, token, sites, events, milestones: 2,000 an hour.
    reports,   ///< Aggregations and current visitors: 10 a minute.
};

/// How many groups there are.
inline constexpr std::size_t limit_group_count = 2;

/// The group's name as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(LimitGroup group) noexcept;

/// One limit: so many requests in any window of that length.
struct RateLimit {
    std::size_t requests;        ///< At least 1.
    std::chrono::seconds window; ///< At least 1 s.
    /// Most requests in flight at the same time, for those who know their plan's number; a client refuses 0 with
    /// ErrorKind::invalid_argument. Where it is not set, the limiter finds it by what the service refuses.
    std::optional<std::size_t> max_in_flight{};

    /// Member-wise equality.
    friend bool operator==(const RateLimit&, const RateLimit&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const RateLimit& value);
};

/// The limits of both groups; the defaults are the service's.
struct RateLimits {
    RateLimit resources{.requests = 2'000, .window = std::chrono::hours{1}}; ///< See LimitGroup::resources.
    RateLimit reports{.requests = 10, .window = std::chrono::seconds{60}};   ///< See LimitGroup::reports.
    /// Added to each window and to each Retry-After: the service counts in whole seconds.
    std::chrono::seconds margin{1};
    /// Added once more for a request that was given up before its answer came: it may still be on its way.
    std::chrono::seconds late_arrival{10};

    /// The limit of one group.
    [[nodiscard]] const RateLimit& of(LimitGroup group) const noexcept {
        return group == LimitGroup::reports ? reports : resources;
    }

    /// Member-wise equality.
    friend bool operator==(const RateLimits&, const RateLimits&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const RateLimits& value);
};

/// What a limiter has learnt of one group.
struct LimitPace {
    std::size_t in_flight = 0;                  ///< Requests that have left and have not been answered.
    std::optional<std::size_t> max_in_flight{}; ///< Most that may be in flight at the same time; not set: any number.
    std::size_t requests = 0; ///< Requests per window that it aims at: RateLimit::requests, or fewer after refusals.
    /// About how many calls wait for a permit, of all clients that share the limit, in other programs too.
    std::size_t waiting = 0;

    /// Member-wise equality.
    friend bool operator==(const LimitPace&, const LimitPace&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const LimitPace& value);
};

/// Who shares the limit where a client is given no limiter.
enum class LimitSharing : std::uint8_t {
    process, ///< All clients of this process with the same key, address and limits.
    none,    ///< The client alone.
};

/// The choice as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(LimitSharing choice) noexcept;

/// How an attempt that held a permit ended.
enum class PermitUse : std::uint8_t {
    answered,   ///< The whole answer was read, whatever its status but 429: see RateLimiter::refused().
    abandoned,  ///< Given up or broken: the server may count it now or a little later.
    never_sent, ///< Provably nothing reached the server, so nothing was counted.
};

/// The end as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(PermitUse use) noexcept;

/// How one group stands.
struct GroupQuota {
    std::size_t free_permits = 0; ///< Requests that could be sent now.
    std::chrono::system_clock::time_point
        next_permit_at;                 ///< When the next one could be sent; now or earlier if any could.
    std::size_t waiting_calls = 0;      ///< Calls of this client that wait for a permit.
    std::uint64_t requests_sent = 0;    ///< Requests that this client has sent, retries included.
    std::uint64_t refused_requests = 0; ///< Of those, how many were answered 429.
    LimitPace pace{};                   ///< What the limiter has learnt from refusals, and how many are in flight.

    /// Member-wise equality.
    friend bool operator==(const GroupQuota&, const GroupQuota&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const GroupQuota& value);
};

/// How long a call waits for the limit.
struct LimitWait {
    std::chrono::nanoseconds expected{};                    ///< How long, if nothing changes.
    std::chrono::system_clock::time_point expected_until{}; ///< When it will go then.

    /// Member-wise equality.
    friend bool operator==(const LimitWait&, const LimitWait&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const LimitWait& value);
};

/// How both groups stand; see Client::quota().
struct Quota {
    GroupQuota resources; ///< See LimitGroup::resources.
    GroupQuota reports;   ///< See LimitGroup::reports.

    /// Member-wise equality.
    friend bool operator==(const Quota&, const Quota&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Quota& value);
};

/// Hands out permits to send. A permit is taken before a request leaves and comes back one window after the attempt has
/// ended, so that whatever the latency no window at the server ever sees more requests that it served than the limit.
///
/// One limiter may serve several clients: give each the same one by ClientOptions::rate_limiter. Safe from any thread.
/// To write one, override what has no default; a call whose limiter throws ends with ErrorKind::internal.
class FATHOM_EXPORT RateLimiter {
public:
    using Clock = std::chrono::steady_clock; ///< The clock that all times below are of.

    /// The right to send one request.
    struct Permit {
        std::uint64_t id = 0; ///< Meaningful to the limiter that gave it.

        /// Member-wise equality.
        friend bool operator==(const Permit&, const Permit&) = default;
        /// Writes it as JSON, see printing.hpp.
        friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Permit& value);
    };
    /// No permit is free now.
    struct Denied {
        Clock::time_point try_again_at; ///< When to ask again; earlier only if attach() was given word.

        /// Member-wise equality.
        friend bool operator==(const Denied&, const Denied&) = default;
        /// Writes it as JSON, see printing.hpp.
        friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Denied& value);
    };
    /// What a limiter answers that can tell: a permit, or when to ask again.
    struct Admission {
        /// The request may be sent.
        Admission(Permit granted) : permit(granted) {} // NOLINT: meant to convert
        /// It may not, now.
        Admission(Denied denied) : try_again_at(denied.try_again_at) {} // NOLINT: meant to convert

        std::optional<Permit> permit{};   ///< Not set where none is free now.
        Clock::time_point try_again_at{}; ///< Where none is: when to ask again.

        /// Member-wise equality.
        friend bool operator==(const Admission&, const Admission&) = default;
        /// Writes it as JSON, see printing.hpp.
        friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Admission& value);
    };

    RateLimiter() = default;
    RateLimiter(const RateLimiter&) = delete;
    RateLimiter& operator=(const RateLimiter&) = delete;
    virtual ~RateLimiter() = default;

    /// Takes a permit if one is free.
    /// @param longest the attempt will have ended by `now + longest`: should its process die and never say so, the
    ///        permit comes back as if it had been abandoned then
    /// @return an Error where a limiter cannot tell (a shared one that has lost its store); the call fails with it
    virtual Result<Admission> acquire(LimitGroup group, Clock::time_point now, Clock::duration longest) = 0;
    /// Tells how the attempt that held the permit ended; the permit comes back by time.
    virtual void release(LimitGroup group, Permit permit, PermitUse use, Clock::time_point now) = 0;
    /// The service answered 429 to the attempt that held the permit; told in place of release(). Unless overridden, gives
    /// the permit back by time and closes the group for so long as the service asks, or for limits().of(group).window.
    /// @param retry_after what the service asks for, where it says so readably
    virtual void refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                         Clock::time_point now);
    /// The service says of this very limit that it takes no more than `remaining` requests until then, since others use it
    /// too. Never loosens the limit. Unless overridden, closes the group if nothing remains.
    virtual void tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now);
    /// Closes the whole group until then. Never shortens an earlier closing.
    virtual void close(LimitGroup group, Clock::time_point until, Clock::time_point now) = 0;
    /// No call that has `ahead` others before it in the queue can get a permit before this time.
    [[nodiscard]] virtual Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                                     Clock::time_point now) const = 0;
    /// How many permits could be taken now.
    [[nodiscard]] virtual std::size_t free_permits(LimitGroup group, Clock::time_point now) const = 0;
    /// The limits that it keeps.
    [[nodiscard]] virtual const RateLimits& limits() const noexcept = 0;
    /// What it has learnt. Unless overridden: nothing.
    [[nodiscard]] virtual LimitPace pace(LimitGroup group, Clock::time_point now) const;

    /// A view of this limiter for one client, which keeps it as long as it lives. Asked through their views, clients that
    /// share a limiter are served in the order in which their calls came. Null, unless overridden: all clients use the
    /// limiter itself.
    /// @param changed called when a permit may be free earlier than a denial said, on any thread; it must not call the
    ///        limiter
    [[nodiscard]] virtual std::shared_ptr<RateLimiter> attach(Notice changed);
    /// Tells a view how many calls of its client wait for the group, and since when the oldest does. Ignored, unless
    /// overridden.
    virtual void waiting(LimitGroup group, std::size_t calls, Clock::time_point oldest_since, Clock::time_point now);
};

/// A limiter for the clients of one process that share an API key.
[[nodiscard]] FATHOM_EXPORT std::shared_ptr<RateLimiter> local_rate_limiter(const RateLimits& limits = {});

} // namespace fathom::inline v0_2
