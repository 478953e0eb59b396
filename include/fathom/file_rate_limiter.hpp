/// @file
/// One limit for all processes of a machine.
#pragma once

#include <filesystem>
#include <memory>

#include <fathom/export.hpp>
#include <fathom/rate_limit.hpp>

namespace fathom {

/// A limiter that all processes of this machine share which name the same file: give each client one by
/// ClientOptions::rate_limiter. The file is small, is made where there is none, and is locked for microseconds only.
/// Calls are served in order within a process; between processes whoever asks first.
///
/// A process that is killed gives its permits back by time. A file that cannot be understood is started anew, closed for
/// one window. Where the file cannot be read or written, calls fail with ErrorKind::internal.
///
/// @param path where to keep it, on a local disk; all processes need the same limits
[[nodiscard]] FATHOM_EXPORT std::shared_ptr<RateLimiter> file_rate_limiter(std::filesystem::path path,
                                                                           const RateLimits& limits = {});

} // namespace fathom
