// Where hiredis has no TLS.
#include "tls.hpp"

namespace fathom::redis::detail {

Result<std::unique_ptr<Tls>> make_tls(const RedisTls&, const std::string&) {
    const std::string remedy =
        "this build of fathom::redis has no TLS: build it with hiredis 1.0 or later, its library "
        "hiredis_ssl and OpenSSL (-DFATHOM_REDIS_TLS=ON), or leave the option unset and use a tunnel";
    return Error{.kind = ErrorKind::invalid_argument,
                 .message = "RedisOptions::tls: " + remedy,
                 .fields = {{.field = "tls", .message = remedy}}};
}

} // namespace fathom::redis::detail
