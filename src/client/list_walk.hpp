/// @file
/// A walk through a typed list: which page is asked next, and in which order its items are given.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/pagination.hpp>
#include <fathom/sites.hpp>

#include "../lists/page_walk.hpp"
#include "../operations/operation.hpp"

namespace fathom::detail {

inline ItemPosition position_of(const Site& site) { return {site.id.str(), site.created_at}; }
inline ItemPosition position_of(const Milestone& milestone) { return {milestone.id.str(), milestone.created_at}; }
/// The newest answers of the service have no id for an event, whose name then stands for it.
inline ItemPosition position_of(const Event& event) {
    return {event.id ? event.id->str() : event.name, event.created_at};
}

/// Makes the operation that fetches a page; checks the options too.
template <class T>
using MakePageOperation = std::function<Result<Operation<Page<T>>>(const PageQuery& page)>;

/// Turns pages that are fetched one after the other into those that the caller sees.
template <class T>
class ListWalk {
public:
    ListWalk(const ListOptions& options, MakePageOperation<T> make_operation)
        : make_operation_(std::move(make_operation)), walk_(options) {}

    [[nodiscard]] bool is_over() const noexcept { return is_over_; }
    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept { return cursor_; }

    /// What fetches the next page.
    [[nodiscard]] Result<Operation<Page<T>>> next_operation() const { return make_operation_(walk_.next()); }

    /// Moves on behind a page, and puts that into its order. An error ends the walk.
    [[nodiscard]] Result<Page<T>> take_in(Result<Page<T>> page) {
        if (page) {
            if (std::optional<Error> error = move_behind(*page)) page = *std::move(error);
        }
        is_over_ = !page || walk_.is_over();
        return page;
    }

private:
    std::optional<Error> move_behind(Page<T>& page) {
        std::optional<PageEnds> ends;
        if (!page.data.empty()) ends = {position_of(page.data.front()), position_of(page.data.back())};
        const bool is_against_walk = walk_.is_against_walk(ends);
        std::optional<Error> error = walk_.take_in(ends, page.has_more);
        if (is_against_walk) std::ranges::reverse(page.data);
        if (!error) cursor_ = walk_.last_cursor();
        return error;
    }

    MakePageOperation<T> make_operation_;
    PageWalk walk_;
    std::optional<std::string> cursor_ = walk_.last_cursor();
    bool is_over_ = false;
};

} // namespace fathom::detail
