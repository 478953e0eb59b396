/// @file
/// Where a walk through a list stands; no I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/pagination.hpp>

#include "item_position.hpp"
#include "page_order.hpp"

namespace fathom::detail {

/// Where pages are asked for without a size: each request costs the same whatever it brings.
inline constexpr int largest_page = 100;

/// What the next page is asked with.
struct PageQuery {
    int limit = 0;
    Direction direction = Direction::forward;
    std::optional<std::string> cursor{}; ///< Nothing for the first page of a forward walk.
};

/// What of a page is to be given to the caller, and how.
struct PageUse {
    bool is_reversed = false;      ///< It must be turned round to come in the order of the walk.
    std::vector<bool> was_given{}; ///< By place in the page as it came: the walk has given this item before.
};

/// Takes in the pages of a list one after the other and says how to go on. No item is given twice. A server that repeats
/// itself ends the walk with an error, behind the page that shows it.
class PageWalk {
public:
    /// The options must have been checked.
    explicit PageWalk(const ListOptions& options);

    /// Whether nothing comes any more: no page and no error.
    [[nodiscard]] bool is_over() const noexcept { return is_over_ && !fault_; }
    /// What to ask next; meaningful until the walk is over.
    [[nodiscard]] const PageQuery& next() const noexcept { return next_; }
    /// What ends the walk in the place of a further page.
    [[nodiscard]] const std::optional<Error>& fault() const noexcept { return fault_; }
    /// The cursor behind the last page that was taken in.
    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept { return last_cursor_; }

    /// Takes a page in. An empty one where there was to be more, as some services answer to a cursor whose item is gone, leads
    /// back to the start as a refused cursor does.
    [[nodiscard]] PageUse take_in(std::span<const ItemPosition> items, bool has_more);

    /// Takes in that a page cannot be had. Where the service may have refused the cursor, since the item that it names was
    /// removed during the walk, the walk goes back to its start and passes over what it has given.
    /// @return whether to go on
    [[nodiscard]] bool take_in(const Error& error);

private:
    [[nodiscard]] bool is_reversed(std::span<const ItemPosition> items, const std::vector<bool>& was_given) const;
    [[nodiscard]] std::vector<bool> note_given(std::span<const ItemPosition> items);
    void move_behind(const ItemPosition& item, bool has_more);
    /// Whether going back to the start may bring something new. It may once for each time that something did, so it ends.
    [[nodiscard]] bool may_go_back() const noexcept;
    void go_back();
    void end(std::optional<Error> fault = std::nullopt);

    const std::optional<std::string> start_; ///< The caller's own cursor.
    PageQuery next_;
    PageEdge edge_{}; ///< Of the item that the cursor names.
    std::unordered_set<std::string> given_{};
    bool has_gained_ = false; ///< Something new came since the walk began, or went back to its start.
    bool is_over_ = false;
    std::optional<Error> fault_{};
    std::optional<std::string> last_cursor_;
    // Brent's cycle finding: a cursor that comes back is met again at the checkpoint, whose distance doubles.
    std::string checkpoint_{};
    std::size_t steps_since_checkpoint_ = 0;
    std::size_t checkpoint_distance_ = 1;
};

} // namespace fathom::detail
