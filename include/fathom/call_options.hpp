/// @file
/// What a caller may choose for a single call.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

#include <fathom/cache.hpp>
#include <fathom/export.hpp>
#include <fathom/printing.hpp>
#include <fathom/retry.hpp>

namespace fathom::inline v0_2 {

struct HttpResponse; // in http.hpp
class LimitNotice;   // in limit_notice.hpp, which blocking programs need not compile

/// What a call does when the limit has no permit for it now.
enum class WhenLimited : std::uint8_t {
    wait, ///< Waits for its turn, as long as its deadline allows.
    fail, ///< Fails at once with ErrorKind::rate_limited; Error::available_at says when it would work.
};

/// The choice as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(WhenLimited choice) noexcept;

/// Who comes first where calls wait for the limit.
enum class Priority : std::uint8_t {
    background,  ///< In order of arrival.
    interactive, ///< Before background calls, but for every fifth permit, so that those get on too.
};

/// The priority as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(Priority priority) noexcept;

/// Choices for one call; every member is optional.
struct CallOptions {
    /// Longest that the call may take as a whole: waiting for a permit, all attempts and the pauses between them.
    /// ClientOptions::timeout where it is not set.
    std::optional<std::chrono::milliseconds> timeout{};
    /// Ends the call with ErrorKind::cancelled as soon as stop is requested, wherever the call is.
    std::stop_token stop{};
    /// Whether the call waits for the limit.
    WhenLimited when_limited = WhenLimited::wait;
    /// Whether the call, if it waits, comes before others: for what a person is waiting for.
    Priority priority = Priority::background;
    /// What the observer gets back with each event of this call, as ObservedCall::context: a span to hang it on, for
    /// example. The library does not look at it.
    std::shared_ptr<const void> context{};
    /// Whether the call may be answered from ClientOptions::cache.
    CacheUse cache = CacheUse::allowed;
    /// How failed attempts of this call are repeated; ClientOptions::retry where it is not set. The budget stays the client's.
    std::optional<RetryPolicy> retry{};
    /// Where the service's last answer is put as it came (status, headers, body), beside the typed outcome: of a success, and
    /// of a failure that the service answered. Untouched where no answer came. Read it when the outcome is there. A call
    /// that wants it never shares the answer of another call that is under way. Of a list it is the last page's.
    ///
    /// @code
    /// const auto answer = std::make_shared<fathom::HttpResponse>();
    /// const auto site = client.sites().get(id, {.response = answer});
    /// std::cout << answer->status << ' ' << answer->headers.find("X-Request-Id").value_or("");
    /// @endcode
    std::shared_ptr<HttpResponse> response{};
    /// Is told when the call begins to wait for the limit, and when it will go. Of several calls it is told once; of a list or
    /// a history, of the first request alone: that it waits, or that it did not.
    std::shared_ptr<LimitNotice> limit_notice{};

    /// Member-wise equality; `response` and `limit_notice` are compared by identity.
    friend bool operator==(const CallOptions&, const CallOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CallOptions& value);
};

} // namespace fathom::inline v0_2
