/// @file
/// Where a walk through a list stands; no I/O.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include <fathom/error.hpp>
#include <fathom/pagination.hpp>

namespace fathom::detail {

/// Where pages are asked for without a size: each request costs the same whatever it brings.
inline constexpr int largest_page = 100;

/// What the next page is asked with.
struct PageQuery {
    int limit = 0;
    Direction direction = Direction::forward;
    std::optional<std::string> cursor{}; ///< Nothing for the first page of a forward walk.
};

/// What the walk needs to know of an item.
struct ItemPosition {
    std::string cursor; ///< What names it in a cursor parameter.
    std::optional<std::chrono::sys_seconds> created_at{};
};

/// The first and the last item of a page, which may be the same.
struct PageEnds {
    ItemPosition first;
    ItemPosition last;
};

/// Takes in the pages of a list one after the other and says how to go on. A server that repeats itself ends the walk with
/// an error.
class PageWalk {
public:
    /// The options must have been checked.
    explicit PageWalk(const ListOptions& options);

    /// Whether all pages have come.
    [[nodiscard]] bool is_over() const noexcept { return is_over_; }
    /// What to ask next; meaningful until the walk is over.
    [[nodiscard]] const PageQuery& next() const noexcept { return next_; }
    /// The cursor behind the last page that was taken in.
    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept { return last_cursor_; }

    /// Takes a page in, of which the ends are nothing where it is empty. @return an error where going on would never end
    [[nodiscard]] std::optional<Error> take_in(const std::optional<PageEnds>& ends, bool has_more);

    /// Whether a page of a backward walk came oldest first, so that it must be turned round.
    [[nodiscard]] bool is_against_walk(const std::optional<PageEnds>& ends) const;

private:
    [[nodiscard]] std::optional<Error> move_to(std::string cursor);

    PageQuery next_;
    bool is_over_ = false;
    std::optional<std::string> last_cursor_;
    // Brent's cycle finding: a cursor that comes back is met again at the checkpoint, whose distance doubles.
    std::string checkpoint_{};
    std::size_t steps_since_checkpoint_ = 0;
    std::size_t checkpoint_distance_ = 1;
};

} // namespace fathom::detail
