/// @file
/// TLS on a connection to Redis.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <fathom/redis/redis_rate_limiter.hpp>
#include <fathom/result.hpp>

struct redisContext;

namespace fathom::redis::detail {

/// Knows whom to trust. A build whose hiredis has no TLS has none of this, see no_tls.cpp.
class Tls {
public:
    Tls() = default;
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;
    virtual ~Tls() = default;

    /// Does the handshake on a new connection; checks that the server is the one that was meant.
    /// @return why it failed
    [[nodiscard]] virtual std::optional<std::string> start(redisContext& connection) const = 0;
};

/// @param host whose name or address the server's certificate must have, unless the options name another
/// @return invalid_argument where the options cannot be used, or the build has no TLS
[[nodiscard]] Result<std::unique_ptr<Tls>> make_tls(const RedisTls& options, const std::string& host);

} // namespace fathom::redis::detail
