/// @file
/// Knows when this process is a copy of another one.
#pragma once

namespace fathom::detail {

/// How often fork() has made the process that this one is, counted from the first call of this function on; 0 where the
/// system has no fork().
[[nodiscard]] unsigned generation_of_process() noexcept;

} // namespace fathom::detail
