/// @file
/// What a caller may choose for a single call.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

namespace fathom {

/// Choices for one call; every member is optional.
struct CallOptions {
    /// Longest that the call may take as a whole: waiting for a permit, all attempts and the pauses between them.
    /// ClientOptions::timeout where it is not set.
    std::optional<std::chrono::milliseconds> timeout{};
    /// Ends the call with ErrorKind::cancelled as soon as stop is requested, wherever the call is.
    std::stop_token stop{};
};

} // namespace fathom
