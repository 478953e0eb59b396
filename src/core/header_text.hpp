/// @file
/// The small grammar that header values share.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fathom::detail {

/// Without white space at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Takes the first item off a list whose items are separated, by commas unless told otherwise.
[[nodiscard]] std::string_view take_list_item(std::string_view& list, char separator = ',') noexcept;

/// A number without sign; nothing where the text is anything else, or the number has no room.
[[nodiscard]] std::optional<std::int64_t> parse_count(std::string_view text) noexcept;

/// A count of seconds: a whole number, or a decimal one, which is rounded up. What has no room is the largest that has.
[[nodiscard]] std::optional<std::chrono::seconds> parse_seconds(std::string_view text) noexcept;

/// The wait that a number means: a count of seconds, or, by its size, a time in seconds or milliseconds since 1970, which
/// may be over.
[[nodiscard]] std::chrono::seconds wait_from(std::chrono::seconds count_or_time, std::chrono::sys_seconds now) noexcept;

} // namespace fathom::detail
