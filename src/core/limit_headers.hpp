/// @file
/// What the service says of a limit in the headers of an answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include <fathom/http.hpp>
#include <fathom/rate_limit.hpp>

namespace fathom::detail {

/// How some limit stands, as one header (or one family of headers) tells it.
struct ReportedLimit {
    std::optional<std::int64_t> requests{};       ///< Which limit: so many requests; nothing where it is not named.
    std::optional<std::chrono::seconds> window{}; ///< In a window of that length; nothing where it is not named.
    std::int64_t remaining = 0;                   ///< How many it would still take.
    std::optional<std::chrono::seconds> reset{};  ///< When that is over, from the server's now.
};

/// All that the headers say: `RateLimit` with `RateLimit-Policy` (the IETF's drafts, in their structured, their combined
/// and their separate form) and `X-RateLimit-Limit`, `-Remaining`, `-Reset`, `-Policy`, each about one limit or several.
/// What cannot be read is left out.
[[nodiscard]] std::vector<ReportedLimit> reported_limits(const HttpHeaders& headers,
                                                         std::chrono::system_clock::time_point calendar_now);

/// What follows for one group from one report.
struct LimitHint {
    /// The service takes no more than this; not set: it takes none, since another limit is used up.
    std::optional<std::size_t> remaining;
    std::chrono::seconds until; ///< That holds for so long.

    friend bool operator==(const LimitHint&, const LimitHint&) = default;
};

/// What the headers mean for a group with that limit. A report about exactly this limit counts as it stands. One about
/// another limit, or about one that it does not name, says nothing about this group's permits; only where nothing is left
/// of it and it tells when that ends, it is waited for. Never longer than the group's window.
[[nodiscard]] std::vector<LimitHint> limit_hints(const HttpHeaders& headers, const RateLimit& limit,
                                                 std::chrono::system_clock::time_point calendar_now);

} // namespace fathom::detail
