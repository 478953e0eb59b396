#include "environment.hpp"

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <utility>

#include <fathom/client_options.hpp>
#include <fathom/log.hpp>

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

Result<std::shared_ptr<Observer>> with_log(std::string_view level, std::shared_ptr<Observer> observer) {
    if (level.empty()) return observer;
    for (const LogLevel known : {LogLevel::info, LogLevel::debug}) {
        if (level == to_string(known)) return log_observer(std::cerr, known, std::move(observer));
    }
    return invalid_argument("FATHOM_LOG",
                            "the environment variable is neither info nor debug; set it to one, or unset it");
}

std::string recording_from_env() { return environment("FATHOM_RECORD").value_or(""); }

std::string log_level_from_env() { return environment("FATHOM_LOG").value_or(""); }

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
