/// @file
/// One limit for many machines, kept in Redis.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include <fathom/export.hpp>
#include <fathom/rate_limit.hpp>

/// A rate limiter that many machines share.
namespace fathom::redis {

/// What happens while Redis cannot be reached.
enum class OnLoss : std::uint8_t {
    fail,            ///< Calls fail with ErrorKind::network: the limit is never at risk.
    use_local_share, ///< Calls go on within RedisOptions::local_share.
};
/// Writes the enumerator's name in C++.
FATHOM_REDIS_EXPORT std::ostream& operator<<(std::ostream& out, OnLoss value);

/// The part of each limit that a client may use while Redis cannot be reached. The shares of all clients must add up to
/// the limit. A client that alone cannot reach Redis, while the others can, adds its share to the limit.
struct LocalShare {
    std::size_t resources = 100; ///< Requests per window of LimitGroup::resources; 0: OnLoss::fail for this group.
    std::size_t reports = 1;     ///< Requests per window of LimitGroup::reports; 0: OnLoss::fail for this group.

    /// Member-wise equality.
    friend bool operator==(const LocalShare&, const LocalShare&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_REDIS_EXPORT std::ostream& operator<<(std::ostream& out, const LocalShare& value);
};

/// TLS to Redis. The server's certificate must come from an authority that is trusted and be for the host that is named.
struct RedisTls {
    std::string ca_file{};            ///< PEM file of the authorities to trust; empty: the system's.
    std::string client_certificate{}; ///< PEM file of the certificate that shows who the client is; empty for none.
    std::string client_key{};         ///< PEM file of its private key; empty: in the certificate's file.
    std::string server_name{};        ///< For whom the server's certificate is; empty: RedisOptions::host.

    /// Member-wise equality.
    friend bool operator==(const RedisTls&, const RedisTls&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_REDIS_EXPORT std::ostream& operator<<(std::ostream& out, const RedisTls& value);
};

/// Where Redis is, and what to do without it.
struct RedisOptions {
    /// Name or address. A name that is not found within `timeout` is looked up behind, and Redis is away meanwhile.
    std::string host = "127.0.0.1";
    int port = 6379;        ///< TCP port.
    std::string username{}; ///< For AUTH, of a user of Redis 6 or later (ACL); empty: the default user.
    std::string password{}; ///< For AUTH; empty: none.
    int database = 0;       ///< For SELECT.
    /// Starts the names of the keys; clients with the same name share the limit: one name per API key.
    std::string name = "fathom";
    /// Longest that Redis may take for a permit, connecting included. The client's loop waits for it, so keep it short.
    std::chrono::milliseconds timeout{100};
    std::chrono::milliseconds reconnect_interval{1'000}; ///< How long to do without Redis after it failed.
    OnLoss on_loss = OnLoss::fail;                       ///< See OnLoss.
    LocalShare local_share{};                            ///< See OnLoss::use_local_share.
    /// Set: TLS is spoken. Needs a build with hiredis 1.0 or later and its library hiredis_ssl; in one without, and where a
    /// file cannot be used, calls fail with ErrorKind::invalid_argument.
    std::optional<RedisTls> tls{};

    /// Member-wise equality.
    friend bool operator==(const RedisOptions&, const RedisOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_REDIS_EXPORT std::ostream& operator<<(std::ostream& out, const RedisOptions& value);
};

/// A limiter that all clients share which name the same Redis server and key name, on any machine. It runs by the
/// server's clock, so that the machines' clocks do not matter, and a step of that clock is taken back by the first client
/// that notices; needs Redis 5 or later, and one that does not evict keys. Connects when it is first used. Not for the child
/// of a fork(): make one there.
///
/// Calls are served in the order in which they came, among machines too. A client that dies gives its permits back by time,
/// and its calls lose their turn after a second. A limit that Redis does not know starts closed for one window, or
/// two minutes where the window is longer, since nobody knows what was sent before: when it is used for the first time,
/// and when Redis was restarted or wiped. Living clients tell Redis again what they have sent.
///
/// @param limits all clients need the same
[[nodiscard]] FATHOM_REDIS_EXPORT std::shared_ptr<RateLimiter> redis_rate_limiter(const RedisOptions& options = {},
                                                                                  const RateLimits& limits = {});

} // namespace fathom::redis
