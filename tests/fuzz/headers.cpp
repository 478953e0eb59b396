// Any headers give a pause and a limit within their bounds, or none.
#include <chrono>

#include <fathom/http.hpp>

#include "core/limit_headers.hpp"
#include "core/retry_after.hpp"
#include "require.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fathom;
    using namespace std::chrono_literals;
    constexpr std::chrono::system_clock::time_point now{std::chrono::hours{500'000}};
    std::string_view rest = fuzz::text_of(data, size);
    HttpHeaders headers;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        headers.append_line(line);
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    static_cast<void>(headers.all());
    if (const auto pause = detail::retry_after(headers, now)) {
        fuzz::require(*pause >= 0s && *pause <= 24h, "a pause is at most a day");
    }
    const RateLimit limit{.requests = 10, .window = 60s};
    for (const detail::LimitHint& hint : detail::limit_hints(headers, limit, now)) {
        fuzz::require(hint.until <= 60s, "no hint outlives the window");
    }
    return 0;
}
