/// @file
/// The dates of HTTP headers.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace fathom::detail {

/// Reads an HTTP date in any of the three forms that RFC 9110 (5.6.7) tells recipients to accept:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
/// @param now decides the century of a year of two digits: no such date is more than 50 years ahead
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text,
                                                                      std::chrono::sys_seconds now) noexcept;

} // namespace fathom::detail
