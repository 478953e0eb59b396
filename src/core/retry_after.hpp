/// @file
/// The Retry-After header, in both of its forms.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <fathom/http.hpp>

namespace fathom::detail {

/// Reads an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) noexcept;

/// How long the server asks to wait: from a count of seconds, or from a date, which is compared with the server's own
/// Date header where it sends one, so that a wrong clock on either side does no harm. Nothing where there is no such
/// header or it cannot be read; never negative, at most a day.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(const HttpHeaders& headers,
                                                              std::chrono::system_clock::time_point calendar_now);

} // namespace fathom::detail
