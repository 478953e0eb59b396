/// @file
/// Errors of what was thrown by parts that a program may replace, or for want of memory.
#pragma once

#include <string_view>

#include <fathom/error.hpp>

namespace fathom::detail {

/// What is being handled as an Error of kind internal; only in a catch block.
/// @param part what threw, unless memory ran out
[[nodiscard]] Error thrown_error(std::string_view part) noexcept;

/// A copy; without its texts where memory does not allow that.
[[nodiscard]] Error copy_of(const Error& error) noexcept;

/// Says which operation failed, where memory allows that.
void name_operation(Error& error, std::string_view operation) noexcept;

} // namespace fathom::detail
