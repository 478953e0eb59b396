/// @file
/// Pacing: how requests are kept below the service's limits.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include <fathom/export.hpp>
#include <fathom/result.hpp>

namespace fathom {

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

    /// Member-wise equality.
    friend bool operator==(const RateLimit&, const RateLimit&) = default;
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
};

/// How an attempt that held a permit ended.
enum class PermitUse : std::uint8_t {
    answered,   ///< The whole answer was read.
    abandoned,  ///< Given up or broken: the server may count it now or a little later.
    never_sent, ///< Provably nothing reached the server, so nothing was counted.
};

/// How one group stands.
struct GroupQuota {
    std::size_t free_permits = 0; ///< Requests that could be sent now.
    std::chrono::system_clock::time_point
        next_permit_at;                 ///< When the next one could be sent; now or earlier if any could.
    std::size_t waiting_calls = 0;      ///< Calls of this client that wait for a permit.
    std::uint64_t requests_sent = 0;    ///< Requests that this client has sent, retries included.
    std::uint64_t refused_requests = 0; ///< Of those, how many were answered 429.
};

/// How both groups stand; see Client::quota().
struct Quota {
    GroupQuota resources; ///< See LimitGroup::resources.
    GroupQuota reports;   ///< See LimitGroup::reports.
};

/// Hands out permits to send. A permit is taken before a request leaves and comes back one window after the attempt has
/// ended, so that whatever the latency no window at the server ever sees more requests than the limit.
///
/// One limiter may serve several clients: give each the same one by ClientOptions::rate_limiter. Safe from any thread.
class FATHOM_EXPORT RateLimiter {
public:
    using Clock = std::chrono::steady_clock; ///< The clock that all times below are of.

    /// The right to send one request.
    struct Permit {
        std::uint64_t id = 0; ///< Meaningful to the limiter that gave it.
    };
    /// No permit is free now.
    struct Denied {
        Clock::time_point try_again_at; ///< Not before this time will there be one.
    };
    /// What a limiter answers that can tell: a permit, or when to ask again.
    struct Admission {
        /// The request may be sent.
        Admission(Permit granted) : permit(granted) {} // NOLINT: meant to convert
        /// It may not, now.
        Admission(Denied denied) : try_again_at(denied.try_again_at) {} // NOLINT: meant to convert

        std::optional<Permit> permit{};   ///< Not set where none is free now.
        Clock::time_point try_again_at{}; ///< Where none is: not before this time will there be one.
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
    /// Closes the whole group until then, since the service answered 429. Never shortens an earlier closing.
    virtual void close(LimitGroup group, Clock::time_point until, Clock::time_point now) = 0;
    /// No call that has `ahead` others before it in the queue can get a permit before this time.
    [[nodiscard]] virtual Clock::time_point earliest(LimitGroup group, std::size_t ahead,
                                                     Clock::time_point now) const = 0;
    /// How many permits could be taken now.
    [[nodiscard]] virtual std::size_t free_permits(LimitGroup group, Clock::time_point now) const = 0;
    /// How long a 429 without Retry-After closes the group, and what is added to a Retry-After.
    [[nodiscard]] virtual const RateLimits& limits() const noexcept = 0;
};

/// A limiter for the clients of one process that share an API key.
[[nodiscard]] FATHOM_EXPORT std::shared_ptr<RateLimiter> local_rate_limiter(const RateLimits& limits = {});

} // namespace fathom
