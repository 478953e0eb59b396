#include "listing.hpp"

#include <string>

namespace fathom::detail {

void check(Checks& checks, const ListOptions& options) {
    constexpr std::string_view size_range = "must lie between 1 and 100";
    if (options.page_size) {
        checks.require(*options.page_size >= 1 && *options.page_size <= largest_page, "page_size", size_range);
    }
    if (options.starting_after) checks.opaque_id("starting_after", *options.starting_after);
    if (options.ending_before) checks.opaque_id("ending_before", *options.ending_before);
    checks.require(!options.starting_after || !options.ending_before, "starting_after",
                   "cannot be combined with ending_before; set one of them");
    if (options.direction == Direction::backward) {
        checks.require(options.ending_before.has_value(), "ending_before",
                       "is needed for a walk backward: set it to the id to start from");
    }
    if (options.direction == Direction::forward) {
        checks.require(!options.ending_before, "ending_before", "is for a walk backward; use starting_after");
    }
}

void add_page(Target& target, const PageQuery& page) {
    target.parameter("limit", std::to_string(page.limit));
    if (!page.cursor) return;
    target.parameter(page.direction == Direction::backward ? "ending_before" : "starting_after", *page.cursor);
}

} // namespace fathom::detail
