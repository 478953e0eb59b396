#include "environment.hpp"

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include <fathom/client_options.hpp>

namespace fathom::detail {

namespace {

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): read once, at start
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

} // namespace

std::vector<std::string> proxies_from_env() {
    std::vector<std::string> proxies;
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        if (std::optional<std::string> proxy = environment(name)) proxies.push_back(*std::move(proxy));
    }
    return proxies;
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

Result<ClientOptions> ClientOptions::from_env() {
    ClientOptions options{.api_key = detail::environment("FATHOM_API_KEY").value_or("")};
    if (options.api_key.empty()) {
        return invalid_argument("FATHOM_API_KEY", "the environment variable is not set or empty");
    }
    // One that is set but empty is refused like any other bad address: a script may have meant a test server.
    if (std::optional<std::string> base_url = detail::environment("FATHOM_BASE_URL"))
        options.base_url = *std::move(base_url);
    return options;
}

} // namespace fathom::inline v0_2
