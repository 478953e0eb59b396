#include "make_loop.hpp"

#include <new>
#include <string>
#include <utility>

#include "../core/secrets.hpp"
#include "../core/thrown_error.hpp"
#include "../curl/base_url.hpp"
#include "../curl/transport.hpp"
#include "../json/json.hpp"
#include "../limiters/process_limiters.hpp"
#include "../recording/recording_transport.hpp"
#include "environment.hpp"
#include "option_checks.hpp"

namespace fathom::detail {

namespace {

/// What a server or a proxy was sent, and may send back.
Secrets secrets_of(const ClientOptions& options) {
    Secrets secrets;
    secrets.add(options.api_key);
    secrets.add(password_in(options.connection.proxy));
    for (const std::string& proxy : proxies_from_env()) secrets.add(password_in(proxy));
    return secrets;
}

} // namespace

Result<std::shared_ptr<Loop>> make_loop(ClientOptions options, std::optional<Loop::Host> host) {
    if (auto error = check(options)) return *std::move(error);
    Result<std::string> base_url = curl::checked_base_url(options.base_url);
    if (!base_url) return std::move(base_url).error();
    options.base_url = *std::move(base_url);
    Result<std::shared_ptr<Observer>> observer = with_log(log_level_from_env(), std::move(options.observer));
    if (!observer) return std::move(observer).error();
    options.observer = *std::move(observer);
    if (!options.rate_limiter) {
        const bool is_shared = options.limit_sharing == LimitSharing::process && !options.transport;
        options.rate_limiter = is_shared ? process_limiter(options.api_key, options.base_url, options.limits)
                                         : local_rate_limiter(options.limits);
    }
    if (!options.transport) {
        auto transport = curl::make_transport(options.connection, options.base_url);
        if (!transport) return std::move(transport).error();
        options.transport = *std::move(transport);
    }
    Secrets secrets = secrets_of(options);
    if (const std::string file = recording_from_env(); !file.empty()) {
        auto recorder = recording::record(file, std::move(options.transport), secrets);
        if (!recorder) return std::move(recorder).error();
        options.transport = *std::move(recorder);
    }
    try {
        return Loop::make(std::move(options), &json::decode_error, std::move(secrets), std::move(host));
    } catch (const std::bad_alloc&) {
        throw;
    } catch (...) {
        return thrown_error("the transport or the limiter"); // which are told of each other
    }
}

} // namespace fathom::detail
