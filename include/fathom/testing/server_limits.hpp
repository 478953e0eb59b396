/// @file
/// ServerLimits: how much an emulator takes, and what it says of that.
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <optional>

#include <fathom/export.hpp>

namespace fathom::testing {

/// How a rate limit counts.
enum class LimitWindow {
    fixed,   ///< A window starts with its first request and then begins anew.
    sliding, ///< At any time, the requests of the last window count.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, LimitWindow value);

/// One limit: so many requests in a window of that length.
struct ServerLimit {
    std::size_t requests;        ///< The one after these is answered 429.
    std::chrono::seconds window; ///< Retry-After counts in whole seconds, so it can be up to a second short.

    /// Member-wise equality.
    friend bool operator==(const ServerLimit&, const ServerLimit&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const ServerLimit& value);
};

/// A cap on the requests that are under way at once, whatever they ask; the service has one of unknown size.
struct ConcurrencyCap {
    std::size_t requests = 0;                                                 ///< The one beside these: 429. 0: no cap.
    std::optional<std::chrono::seconds> retry_after{std::chrono::seconds{1}}; ///< Of that 429; not set: none.

    /// Member-wise equality.
    friend bool operator==(const ConcurrencyCap&, const ConcurrencyCap&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const ConcurrencyCap& value);
};

/// Other programs that use the same key: steadily, and whether or not the one under test does.
struct OtherPrograms {
    std::size_t reports = 0;   ///< Requests in each window of the limit on reports.
    std::size_t resources = 0; ///< Requests in each window of the limit on all else.

    /// Member-wise equality.
    friend bool operator==(const OtherPrograms&, const OtherPrograms&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const OtherPrograms& value);
};

/// The limits that an emulator holds its clients to; the defaults are the service's.
struct ServerLimits {
    ServerLimit reports{.requests = 10, .window = std::chrono::seconds{60}};   ///< Aggregations, current visitors.
    ServerLimit resources{.requests = 2'000, .window = std::chrono::hours{1}}; ///< All others.
    LimitWindow window = LimitWindow::fixed;                                   ///< How they count.
    bool enforced = true;           ///< false: no 429 for these two, and no headers about them.
    ConcurrencyCap concurrency{};   ///< Holds whether or not the other limits are enforced.
    OtherPrograms other_programs{}; ///< Take their part of the two limits, where these are enforced.
    /// Of which limit `X-RateLimit-Limit`, `-Remaining` and (once nothing remains) `-Reset` speak. Not set: the live
    /// dialect has the first two about the limit that it enforces. Set: both dialects have them about this one, which
    /// nobody enforces, as when a framework adds the headers of a limit of its own.
    std::optional<ServerLimit> headers_about{};

    /// Member-wise equality.
    friend bool operator==(const ServerLimits&, const ServerLimits&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const ServerLimits& value);
};

} // namespace fathom::testing
