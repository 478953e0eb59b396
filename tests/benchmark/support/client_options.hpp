/// @file
/// A client for benchmarks.
#pragma once

#include <string>

#include <fathom/client.hpp>

namespace fathom::benchmark {

/// Limits that are never reached; they are kept track of all the same.
[[nodiscard]] inline ClientOptions client_options(std::string base_url) {
    constexpr RateLimit unreachable{.requests = 1'000'000'000, .window = std::chrono::seconds{1}};
    ClientOptions options{.api_key = "benchmark", .base_url = std::move(base_url)};
    options.limits = {.resources = unreachable, .reports = unreachable, .margin = std::chrono::seconds{0}};
    return options;
}

} // namespace fathom::benchmark
