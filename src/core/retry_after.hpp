/// @file
/// The Retry-After header, in all of its forms.
#pragma once

#include <chrono>
#include <optional>

#include <fathom/http.hpp>

namespace fathom::detail {

/// What the server's clock says: its Date header, or our own calendar where it sends none (or none that can be read).
[[nodiscard]] std::chrono::sys_seconds server_time(const HttpHeaders& headers,
                                                   std::chrono::system_clock::time_point calendar_now);

/// How long the server asks to wait: from a count of seconds (a fraction is rounded up), or from a date or a time since
/// 1970, which is compared with server_time(), so that a wrong clock on either side does no harm. Of a list, or several
/// such headers, the longest wait of at most a day counts. Nothing where there is no such header or none of it can be read; never negative, at most a day.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(const HttpHeaders& headers,
                                                              std::chrono::system_clock::time_point calendar_now);

} // namespace fathom::detail
