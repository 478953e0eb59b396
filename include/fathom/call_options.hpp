/// @file
/// What a caller may choose for a single call.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <stop_token>
#include <string_view>

#include <fathom/cache.hpp>
#include <fathom/export.hpp>
#include <fathom/printing.hpp>

namespace fathom {

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
    /// Whether the call may be answered from ClientOptions::cache.
    CacheUse cache = CacheUse::allowed;

    /// Member-wise equality.
    friend bool operator==(const CallOptions&, const CallOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CallOptions& value);
};

} // namespace fathom
