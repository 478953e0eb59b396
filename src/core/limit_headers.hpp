/// @file
/// What the service says of its limit in the headers of an answer.
#pragma once

#include <cstddef>
#include <optional>

#include <fathom/http.hpp>

namespace fathom::detail {

/// How many requests the service would still take now; nothing where it does not say, or says it unreadably.
[[nodiscard]] std::optional<std::size_t> remaining_requests(const HttpHeaders& headers) noexcept;

} // namespace fathom::detail
