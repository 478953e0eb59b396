#include "page_walk.hpp"

#include <utility>

namespace fathom::detail {

namespace {

Error repeats(std::string message) { return {.kind = ErrorKind::pagination, .message = std::move(message)}; }

} // namespace

PageWalk::PageWalk(const ListOptions& options)
    : next_{.limit = options.page_size.value_or(largest_page),
            .direction = options.ending_before ? Direction::backward : Direction::forward,
            .cursor = options.ending_before ? options.ending_before : options.starting_after},
      last_cursor_(next_.cursor), checkpoint_(next_.cursor.value_or("")) {}

std::optional<Error> PageWalk::take_in(const std::optional<PageEnds>& ends, bool has_more) {
    if (!ends) {
        is_over_ = true;
        if (!has_more) return std::nullopt;
        return repeats("the server sent an empty page and says that there is more");
    }
    // In a backward walk the oldest item is the furthest from the cursor, at whichever end of the page it stands.
    std::string cursor = is_against_walk(ends) ? ends->first.cursor : ends->last.cursor;
    if (cursor.empty()) {
        is_over_ = true;
        if (!has_more) return std::nullopt;
        return repeats("the last item of a page has nothing that names it, so the walk cannot go on behind it");
    }
    if (has_more) return move_to(std::move(cursor));
    is_over_ = true;
    last_cursor_ = std::move(cursor);
    return std::nullopt;
}

bool PageWalk::is_against_walk(const std::optional<PageEnds>& ends) const {
    if (next_.direction == Direction::forward || !ends) return false;
    const auto& first = ends->first.created_at;
    const auto& last = ends->last.created_at;
    return first && last && *first < *last; // otherwise as documented: latest first
}

std::optional<Error> PageWalk::move_to(std::string cursor) {
    if (cursor == next_.cursor || cursor == checkpoint_) {
        is_over_ = true;
        return repeats("the server repeats itself: the page after '" + cursor + "' leads back to it");
    }
    if (++steps_since_checkpoint_ == checkpoint_distance_) {
        checkpoint_ = cursor;
        checkpoint_distance_ *= 2;
        steps_since_checkpoint_ = 0;
    }
    last_cursor_ = cursor;
    next_.cursor = std::move(cursor);
    return std::nullopt;
}

} // namespace fathom::detail
