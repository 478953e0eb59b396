#include "option_checks.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace fathom::detail {

namespace {

bool is_header_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c != '\x7f'; });
}

/// The key is never part of a message.
std::optional<Error> check_credentials(const ClientOptions& options) {
    if (options.api_key.empty()) {
        return invalid_argument("api_key", "is empty; create a key in the account settings of Fathom Analytics");
    }
    const auto is_blank = [](char c) { return c == ' '; };
    if (!is_header_text(options.api_key) || std::ranges::any_of(options.api_key, is_blank)) {
        return invalid_argument(
            "api_key", "holds white space, control characters or others than ASCII; remove them (a line end, maybe)");
    }
    if (!is_header_text(options.connection.user_agent_suffix)) {
        return invalid_argument("connection.user_agent_suffix", "holds control characters");
    }
    return std::nullopt;
}

std::optional<Error> check_retry(const RetryPolicy& retry) {
    constexpr auto zero = std::chrono::milliseconds::zero();
    if (retry.max_attempts < 1) return invalid_argument("retry.max_attempts", "must be at least 1");
    if (retry.base_delay < zero) return invalid_argument("retry.base_delay", "must not be negative");
    if (retry.max_delay < zero) return invalid_argument("retry.max_delay", "must not be negative");
    if (!(retry.budget >= 0)) return invalid_argument("retry.budget", "must be a number that is not negative");
    if (retry.budget_reserve < 0) return invalid_argument("retry.budget_reserve", "must not be negative");
    return std::nullopt;
}

std::optional<Error> check_times(const ClientOptions& options) {
    using std::chrono::milliseconds;
    constexpr auto zero = milliseconds::zero();
    if (options.timeout <= zero) return invalid_argument("timeout", "must be above 0");
    if (options.connection.connect_timeout <= zero) {
        return invalid_argument("connection.connect_timeout", "must be above 0");
    }
    if (options.connection.attempt_timeout <= zero) {
        return invalid_argument("connection.attempt_timeout", "must be above 0");
    }
    if (options.cache.fresh_for < zero) return invalid_argument("cache.fresh_for", "must not be negative");
    if (options.cache.stale_for < zero) return invalid_argument("cache.stale_for", "must not be negative");
    return check_retry(options.retry);
}

/// @param option where they come from
std::optional<Error> check_limits(const RateLimits& limits, const std::string& option) {
    for (const LimitGroup group : {LimitGroup::resources, LimitGroup::reports}) {
        const std::string name = option + "." + std::string(to_string(group));
        if (limits.of(group).requests < 1) return invalid_argument(name + ".requests", "must be at least 1");
        if (limits.of(group).max_in_flight == 0) {
            return invalid_argument(name + ".max_in_flight", "must be at least 1; leave it unset to have it found");
        }
        if (limits.of(group).window.count() < 1) return invalid_argument(name + ".window", "must be at least 1 s");
    }
    if (limits.margin.count() < 0) return invalid_argument(option + ".margin", "must not be negative");
    if (limits.late_arrival.count() < 0) return invalid_argument(option + ".late_arrival", "must not be negative");
    return std::nullopt;
}

} // namespace

std::optional<Error> check(const ClientOptions& options) {
    if (auto error = check_credentials(options)) return error;
    if (auto error = check_times(options)) return error;
    if (auto error = check_limits(options.limits, "limits")) return error;
    return options.rate_limiter ? check_limits(options.rate_limiter->limits(), "rate_limiter.limits") : std::nullopt;
}

std::optional<Error> check(const CallOptions& options) {
    return options.retry ? check_retry(*options.retry) : std::nullopt;
}

} // namespace fathom::detail
