/// @file
/// ClientOptions: how a client works.
#pragma once

#include <chrono>
#include <iosfwd>
#include <memory>
#include <string>

#include <fathom/cache.hpp>
#include <fathom/export.hpp>
#include <fathom/observer.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/result.hpp>
#include <fathom/retry.hpp>
#include <fathom/time_zone.hpp>
#include <fathom/transport.hpp>

namespace fathom::inline v0_2 {

/// Where the service is, unless ClientOptions::base_url says otherwise.
inline constexpr const char* default_base_url = "https://api.usefathom.com/v1";

/// How a client works; only `api_key` is required.
struct ClientOptions {
    std::string api_key; ///< From https://app.usefathom.com/api. Goes into the Authorization header and nowhere else.
    /// Root of the API: https, or http to this machine (localhost, 127.0.0.0/8, [::1]) for an emulator.
    std::string base_url = default_base_url;
    /// Longest that a call may take as a whole, waiting for the limit included; CallOptions::timeout overrides it.
    std::chrono::milliseconds timeout{120'000};
    RetryPolicy retry{};                         ///< When failed attempts are repeated.
    CacheOptions cache{};                        ///< Which answers are kept; by default none.
    RateLimits limits{};                         ///< The service's limits, for the client's own limiter.
    ConnectionOptions connection{};              ///< Time-outs, proxy, certificates; for the library's own transport.
    std::shared_ptr<RateLimiter> rate_limiter{}; ///< Shared by several clients; not set: see `limit_sharing`.
    /// Who shares the limit where `rate_limiter` is not set. A client whose `transport` is replaced shares with none,
    /// since that is its clock.
    LimitSharing limit_sharing = LimitSharing::process;
    std::shared_ptr<Transport> transport{}; ///< Replaces libcurl; serves one client only.
    std::shared_ptr<Observer> observer{};   ///< Is told what the client does, for traces, metrics and logs.
    /// Rules of time zones, for ranges that are counted from today; not set: system_time_zones().
    std::shared_ptr<const TimeZones> time_zones{};

    /// Options with the key in the environment variable `FATHOM_API_KEY` and, if set, the address in `FATHOM_BASE_URL`, to
    /// be completed in code.
    /// @return ErrorKind::invalid_argument where the key is missing or empty
    ///
    /// @code
    /// fathom::Result<fathom::ClientOptions> options = fathom::ClientOptions::from_env();
    /// if (!options) return complain(options.error());
    /// options->cache.fresh_for = 30s;
    /// fathom::Client client{*options};
    /// @endcode
    [[nodiscard]] static FATHOM_EXPORT Result<ClientOptions> from_env();

    /// Member-wise equality.
    friend bool operator==(const ClientOptions&, const ClientOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ClientOptions& value);
};

} // namespace fathom::inline v0_2
