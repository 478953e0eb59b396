/// @file
/// A walk through a typed list: which page is asked next, and in which order its items are given.
#pragma once

#include <algorithm>
#include <cstddef>
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

inline ItemPosition position_of(const Site& site) { return {.cursor = site.id.str(), .created_at = site.created_at}; }
inline ItemPosition position_of(const Milestone& milestone) {
    return {.cursor = milestone.id.str(), .created_at = milestone.created_at};
}
/// The newest answers of the service have no id for an event, whose name then stands for it; and they are sorted by name.
inline ItemPosition position_of(const Event& event) {
    return {.cursor = event.id ? event.id->str() : event.name, .name = event.name, .created_at = event.created_at};
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
    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept { return walk_.last_cursor(); }

    /// What fetches the next page; the error that ends the walk where the page before has shown one.
    [[nodiscard]] Result<Operation<Page<T>>> next_operation() const {
        if (walk_.fault()) return *walk_.fault();
        return make_operation_(walk_.next());
    }

    /// Moves on behind a page, and makes of it what the caller sees. An error ends the walk.
    [[nodiscard]] Result<Page<T>> take_in(Result<Page<T>> page) {
        if (page) {
            arrange(*page);
        } else if (walk_.take_in(page.error())) {
            page = Page<T>{.has_more = true}; // nothing yet: the walk goes on from its start
        }
        is_over_ = walk_.is_over();
        return page;
    }

private:
    void arrange(Page<T>& page) {
        std::vector<ItemPosition> positions;
        positions.reserve(page.data.size());
        for (const T& item : page.data) positions.push_back(position_of(item));
        const PageUse use = walk_.take_in(positions, page.has_more);
        if (!walk_.is_over()) page.has_more = true; // also where the walk goes on from its start
        if (std::ranges::find(use.was_given, true) != use.was_given.end()) {
            std::size_t place = 0;
            std::erase_if(page.data, [&](const T&) { return use.was_given[place++]; });
        }
        if (use.is_reversed) std::ranges::reverse(page.data);
    }

    MakePageOperation<T> make_operation_;
    PageWalk walk_;
    bool is_over_ = false;
};

} // namespace fathom::detail
