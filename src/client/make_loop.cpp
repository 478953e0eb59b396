#include "make_loop.hpp"

#include <string>
#include <utility>

#include "../curl/base_url.hpp"
#include "../curl/transport.hpp"
#include "../json/json.hpp"
#include "../loop/loop.hpp"
#include "option_checks.hpp"

namespace fathom::detail {

Result<std::shared_ptr<Loop>> make_loop(ClientOptions options) {
    if (auto error = check(options)) return *std::move(error);
    Result<std::string> base_url = curl::checked_base_url(options.base_url);
    if (!base_url) return std::move(base_url).error();
    options.base_url = *std::move(base_url);
    if (!options.rate_limiter) options.rate_limiter = local_rate_limiter(options.limits);
    if (!options.transport) {
        auto transport = curl::make_transport(options.connection);
        if (!transport) return std::move(transport).error();
        options.transport = *std::move(transport);
    }
    return Loop::make(std::move(options), &json::decode_error);
}

} // namespace fathom::detail
