/// @file
/// One limit for all processes of a machine.
#pragma once

#include <filesystem>
#include <memory>

#include <fathom/export.hpp>
#include <fathom/rate_limit.hpp>

namespace fathom::inline v0_2 {

/// A limiter that all processes of this machine share which name the same file: give each client one by
/// ClientOptions::rate_limiter. The file is small, is made where there is none (for its owner alone), and is locked for
/// microseconds only. Calls are served in the order in which they came, among processes too; the calls of one that was killed
/// or stopped lose their turn after a second. A permit that comes back early is seen by other processes within 50 ms.
///
/// A process that is killed gives its permits back by time, and leaves the file whole. What the file held when the machine
/// was started anew, or when it was damaged, deleted or replaced, costs at most one window. Calls fail with
/// ErrorKind::internal where the file cannot be read or written (a full disk), and with ErrorKind::invalid_argument where
/// it is not a limiter's (it is then left as it is) or the path can name no file.
///
/// @param path where to keep it, on a local disk, in a file that nothing else uses; all processes need the same limits. One
/// that is relative is resolved at once, so that the process may change its folder.
[[nodiscard]] FATHOM_EXPORT std::shared_ptr<RateLimiter> file_rate_limiter(std::filesystem::path path,
                                                                           const RateLimits& limits = {});

} // namespace fathom::inline v0_2
