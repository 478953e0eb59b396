/// @file
/// What a process uses, by Linux's count.
#pragma once

#include <cstddef>
#include <optional>

namespace fathom::soak {

/// What this process uses now. Members are not set where the system does not tell.
struct Resources {
    std::optional<std::size_t> live_heap{}; ///< Bytes that were allocated and not freed.
    std::optional<std::size_t> resident{};  ///< Bytes of memory in use by the system's count.
    std::optional<std::size_t> descriptors{};
    std::optional<std::size_t> threads{};
};

[[nodiscard]] Resources resources_now();

} // namespace fathom::soak
