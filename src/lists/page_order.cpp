#include "page_order.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "../text/ascii.hpp"

namespace fathom::detail {

namespace {

enum class Order : std::uint8_t { none, ascending, descending };

/// As most databases collate: without regard to case.
int compare_names(std::string_view a, std::string_view b) {
    const auto [at_a, at_b] =
        std::ranges::mismatch(a, b, [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
    if (at_a == a.end() || at_b == b.end()) return a.size() < b.size() ? -1 : static_cast<int>(a.size() > b.size());
    return static_cast<unsigned char>(ascii_lower(*at_a)) < static_cast<unsigned char>(ascii_lower(*at_b)) ? -1 : 1;
}

int by_name(const ItemPosition& a, const ItemPosition& b) {
    return a.name.empty() || b.name.empty() ? 0 : compare_names(a.name, b.name);
}

int by_creation(const ItemPosition& a, const ItemPosition& b) {
    if (!a.created_at || !b.created_at || *a.created_at == *b.created_at) return 0;
    return *a.created_at < *b.created_at ? -1 : 1;
}

/// The order in which all items come; none where some come otherwise.
template <class Compare>
Order order_of(std::span<const ItemPosition> items, Compare compare) {
    bool may_ascend = true;
    bool may_descend = true;
    for (std::size_t i = 1; i < items.size(); ++i) {
        const int compared = compare(items[i - 1], items[i]);
        if (compared > 0) may_ascend = false;
        if (compared < 0) may_descend = false;
    }
    if (may_ascend == may_descend) return Order::none;
    return may_ascend ? Order::ascending : Order::descending;
}

/// Whether the cursor's item lies behind the last; nothing where the order does not tell.
template <class Compare>
std::optional<bool> leads_to(const ItemPosition& edge, std::span<const ItemPosition> items, Compare compare) {
    const Order order = order_of(items, compare);
    if (order == Order::none) return std::nullopt;
    const int from_last = compare(items.back(), edge);
    const int from_first = compare(items.front(), edge);
    const bool is_known = from_last != 0 && from_first == from_last; // it lies on one side of the whole page
    const bool ascends = order == Order::ascending;
    return is_known ? ascends == (from_last < 0) : ascends;
}

} // namespace

bool comes_towards_cursor(std::span<const ItemPosition> items, const PageEdge& edge) {
    const ItemPosition cursor{.cursor = {}, .name = edge.name, .created_at = edge.created_at};
    const auto tells_by_name = leads_to(cursor, items, by_name);
    return tells_by_name.value_or(leads_to(cursor, items, by_creation).value_or(false));
}

} // namespace fathom::detail
