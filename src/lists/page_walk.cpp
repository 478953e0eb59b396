#include "page_walk.hpp"

#include <algorithm>
#include <utility>

namespace fathom::detail {

namespace {

Error repeats(std::string message) { return {.kind = ErrorKind::pagination, .message = std::move(message)}; }

/// The statuses with which a service may refuse a cursor whose item is gone.
bool may_be_about_cursor(const Error& error) noexcept {
    return error.kind == ErrorKind::not_found || error.kind == ErrorKind::bad_request ||
           error.kind == ErrorKind::unprocessable;
}

} // namespace

PageWalk::PageWalk(const ListOptions& options)
    : start_(options.ending_before ? options.ending_before : options.starting_after),
      next_{.limit = options.page_size.value_or(largest_page),
            .direction = options.ending_before ? Direction::backward : Direction::forward,
            .cursor = start_},
      last_cursor_(start_), checkpoint_(start_.value_or("")) {}

PageUse PageWalk::take_in(std::span<const ItemPosition> items, bool has_more) {
    PageUse use{.was_given = note_given(items)};
    if (items.empty()) {
        if (has_more) {
            end(repeats("the server sent an empty page and says that there is more"));
        } else if (may_go_back()) {
            go_back(); // there was more behind the item that the cursor names: it may be gone
        } else {
            end();
        }
        return use;
    }
    use.is_reversed = is_reversed(items, use.was_given);
    move_behind(use.is_reversed ? items.front() : items.back(), has_more);
    return use;
}

bool PageWalk::take_in(const Error& error) {
    const bool goes_on = may_go_back() && may_be_about_cursor(error);
    goes_on ? go_back() : end();
    return goes_on;
}

bool PageWalk::may_go_back() const noexcept {
    const bool is_at_start = next_.cursor == start_;
    return !is_at_start && has_gained_;
}

void PageWalk::go_back() {
    next_.cursor = start_;
    edge_ = {};
    has_gained_ = false;
    checkpoint_ = start_.value_or("");
    steps_since_checkpoint_ = 0;
    checkpoint_distance_ = 1;
}

/// Items that came before lie next to the cursor; where there are none, the order of the page tells.
bool PageWalk::is_reversed(std::span<const ItemPosition> items, const std::vector<bool>& was_given) const {
    if (next_.direction == Direction::forward) return false;
    if (was_given.front() != was_given.back()) return was_given.back();
    return comes_towards_cursor(items, edge_);
}

std::vector<bool> PageWalk::note_given(std::span<const ItemPosition> items) {
    std::vector<bool> was_given;
    was_given.reserve(items.size());
    for (const ItemPosition& item : items) {
        const bool is_new = item.cursor.empty() || given_.emplace(item.cursor).second;
        was_given.push_back(!is_new);
        if (is_new) has_gained_ = true;
    }
    return was_given;
}

void PageWalk::move_behind(const ItemPosition& item, bool has_more) {
    if (!has_more) {
        if (!item.cursor.empty()) last_cursor_ = item.cursor;
        return end();
    }
    if (item.cursor.empty()) {
        return end(repeats("the last item of a page has nothing that names it, so the walk cannot go on behind it"));
    }
    if (item.cursor == next_.cursor || item.cursor == checkpoint_) {
        return end(
            repeats("the server repeats itself: the page after '" + std::string(item.cursor) + "' leads back to it"));
    }
    if (++steps_since_checkpoint_ == checkpoint_distance_) {
        checkpoint_ = item.cursor;
        checkpoint_distance_ *= 2;
        steps_since_checkpoint_ = 0;
    }
    last_cursor_ = item.cursor;
    next_.cursor = item.cursor;
    edge_ = {.name = std::string(item.name), .created_at = item.created_at};
}

void PageWalk::end(std::optional<Error> fault) {
    is_over_ = true;
    fault_ = std::move(fault);
}

} // namespace fathom::detail
