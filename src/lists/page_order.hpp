/// @file
/// In which order the items of a page come.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "item_position.hpp"

namespace fathom::detail {

/// By what the item that a page was asked to lie before is known, as far as it is.
struct PageEdge {
    std::string name{};
    std::optional<std::chrono::sys_seconds> created_at{};
};

/// Whether the item of a backward page that lies next to the cursor is its last, so that the page must be turned round to
/// come in the order of the walk. The service says that it is the first, and its older answers have it last; lists are
/// sorted by name or by creation. So what tells is the order in which the page comes, by the one or the other, and on which
/// side of it the cursor's item lies. Where neither is known, lists are taken to ascend; where the items have no order
/// either, the page is taken to come as documented.
[[nodiscard]] bool comes_towards_cursor(std::span<const ItemPosition> items, const PageEdge& edge);

} // namespace fathom::detail
