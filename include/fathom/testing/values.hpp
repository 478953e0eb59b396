/// @file
/// Lists for the tests of a program that takes them, without a client. A Report has a public constructor, a row is an
/// aggregate, and a failed Result is made of an Error: `fathom::Result<fathom::Site>(fathom::Error{.kind = …})`.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fathom/detail/access.hpp>
#include <fathom/pagination.hpp>
#include <fathom/report.hpp>
#include <fathom/result.hpp>

namespace fathom::testing {

/// A list that gives these pages, then the error, if there is one.
///
/// @code
/// auto sites = fathom::testing::items_of_pages<fathom::Site>({{.data = {shop}, .has_more = true}}, outage);
/// @endcode
template <class T>
[[nodiscard]] Items<T> items_of_pages(std::vector<Page<T>> pages, std::optional<Error> failure = {}) {
    class Pages final : public detail::PageSource<T> {
    public:
        Pages(std::vector<Page<T>> pages, std::optional<Error> failure)
            : pages_(std::move(pages)), failure_(std::move(failure)) {}

        std::optional<Result<Page<T>>> next() override {
            if (next_ < pages_.size()) return take_in(std::move(pages_[next_++]));
            if (!failure_) return std::nullopt;
            return Result<Page<T>>(*std::exchange(failure_, std::nullopt));
        }
        [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept override { return cursor_; }

    private:
        Result<Page<T>> take_in(Page<T> page) {
            if constexpr (requires(const T& item) { item.id.str(); }) {
                if (!page.data.empty()) cursor_ = page.data.back().id.str();
            }
            return page;
        }

        std::vector<Page<T>> pages_;
        std::optional<Error> failure_;
        std::size_t next_ = 0;
        std::optional<std::string> cursor_{};
    };
    return detail::Access::make<Items<T>>(std::make_unique<Pages>(std::move(pages), std::move(failure)));
}

/// A list that gives these items on one page, then the error, if there is one.
///
/// @code
/// auto sites = fathom::testing::items_of<fathom::Site>({{.id = fathom::SiteId("A"), .name = "Shop"}});
/// @endcode
template <class T>
[[nodiscard]] Items<T> items_of(std::vector<T> items, std::optional<Error> failure = {}) {
    std::vector<Page<T>> pages(1);
    pages.front() = {.data = std::move(items), .has_more = failure.has_value()};
    return items_of_pages(std::move(pages), std::move(failure));
}

/// A report of these rows on pageviews: `report_of({{.visits = 3}})`.
[[nodiscard]] inline PageviewReport report_of(std::vector<PageviewRow> rows, PageviewQuery query = {.aggregates = {}}) {
    return {std::move(query), std::move(rows)};
}

/// A report of these rows on an event.
[[nodiscard]] inline EventReport event_report_of(std::vector<EventRow> rows, EventQuery query = {.aggregates = {}}) {
    return {std::move(query), std::move(rows)};
}

} // namespace fathom::testing
