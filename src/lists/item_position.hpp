/// @file
/// What a walk through a list needs to know of an item.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace fathom::detail {

/// An item of a page. Views live as long as the page.
struct ItemPosition {
    std::string_view cursor; ///< What names it in a cursor parameter.
    std::string_view name{}; ///< Where its list may be sorted by name; else empty.
    std::optional<std::chrono::sys_seconds> created_at{};
};

} // namespace fathom::detail
