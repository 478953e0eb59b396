/// @file
/// Lists as lazy ranges that fetch pages while they are walked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fathom/call_options.hpp>
#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/result.hpp>

namespace fathom::inline v0_2 {

/// Which way a list is walked.
enum class Direction : std::uint8_t {
    forward,  ///< From the start, or from after `starting_after`.
    backward, ///< From before `ending_before` towards the start.
};

/// The direction as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(Direction direction) noexcept;

/// How a list is walked. Nothing is checked or fetched before the range's begin().
struct ListOptions {
    /// Items per request, 1–100. Where it is not set: 100, since each request costs the same whatever it brings.
    std::optional<int> page_size{};
    /// Id of the item after which to start; the walk goes forward.
    std::optional<std::string> starting_after{};
    /// Id of the item before which to start; the walk goes backward.
    std::optional<std::string> ending_before{};
    /// Follows from the cursor where it is not set. A backward walk needs `ending_before`.
    std::optional<Direction> direction{};
    /// Fetch up to two pages ahead while the caller works on this one. This starts the client's background thread, and
    /// may fetch two pages more than the caller reads.
    bool prefetch = false;
    /// Applies to each page's request by itself.
    CallOptions call{};

    /// Member-wise equality.
    friend bool operator==(const ListOptions&, const ListOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ListOptions& value);
};

/// One page of a list.
template <class T>
struct Page {
    std::vector<T> data{}; ///< The items, in the order of the walk.
    bool has_more = false; ///< Whether the service has more in the direction of the walk.

    /// Member-wise equality.
    friend bool operator==(const Page&, const Page&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend std::ostream& operator<<(std::ostream& out, const Page& page) {
        detail::write(out, R"({"data":)");
        detail::print_list(out, page.data);
        detail::write(out, page.has_more ? R"(,"has_more":true})" : R"(,"has_more":false})");
        return out;
    }
};

} // namespace fathom::inline v0_2

namespace fathom::detail {

/// Where a range's pages come from; implemented inside the library.
template <class T>
class PageSource {
public:
    PageSource() = default;
    PageSource(const PageSource&) = delete;
    PageSource& operator=(const PageSource&) = delete;
    virtual ~PageSource() = default;

    /// The next page, an error (the last thing that comes), or nothing at the end.
    virtual std::optional<Result<Page<T>>> next() = 0;
    /// The cursor from which a new walk goes on after the last page that was given.
    [[nodiscard]] virtual const std::optional<std::string>& last_cursor() const noexcept = 0;
};

/// The next page of a list that may have been moved away.
template <class T>
[[nodiscard]] std::optional<Result<Page<T>>> next_of(const std::unique_ptr<PageSource<T>>& source) {
    if (source) return source->next();
    return Result<Page<T>>(invalid_argument("list", "was moved away; make a new one"));
}

/// The cursor of a list that may have been moved away.
template <class T>
[[nodiscard]] const std::optional<std::string>& cursor_of(const std::unique_ptr<PageSource<T>>& source) noexcept {
    static const std::optional<std::string> none;
    return source ? source->last_cursor() : none;
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// The single-pass iterator of Items and Pages; it points into the range. Moving it on
/// fetches nothing: what comes next is fetched when it is looked at, so who stops at the end of a page needs no further one.
template <class Range, class Value>
class ListIterator {
public:
    using value_type = Value;               ///< A Result.
    using difference_type = std::ptrdiff_t; ///< Of no use, but every iterator has one.

    /// Of no range.
    ListIterator() = default;

    /// The item, or the error that came in its place.
    Value& operator*() const { return *settled().current_; }
    /// A member of that.
    Value* operator->() const { return &**this; }
    /// Goes on.
    ListIterator& operator++() {
        settled();
        range_->is_passed_ = true;
        return *this;
    }
    /// Goes on.
    void operator++(int) { ++*this; }
    /// Whether the range is at its end.
    friend bool operator==(const ListIterator& it, std::default_sentinel_t) { return it.is_at_end(); }

private:
    friend Range;
    explicit ListIterator(Range& range) : range_(&range) {}

    Range& settled() const {
        range_->settle();
        return *range_;
    }
    [[nodiscard]] bool is_at_end() const { return !settled().current_; }

    Range* range_ = nullptr;
};

/// A lazy, single-pass range of whole pages: `for (Result<Page<T>>& page : pages)`. After an error it ends.
template <class T>
class Pages {
public:
    /// The iterator: single-pass, points into the range.
    using iterator = ListIterator<Pages, Result<Page<T>>>;

    /// Fetches the first page; to be called once.
    iterator begin() {
        advance();
        return iterator(*this);
    }
    /// The end of the range.
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// The cursor from which a new walk goes on behind the last page that the range gave: pass it as
    /// ListOptions::starting_after (forward) or ListOptions::ending_before (backward).
    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept { return detail::cursor_of(source_); }

private:
    friend struct detail::Access;
    friend iterator;
    explicit Pages(std::unique_ptr<detail::PageSource<T>> source) : source_(std::move(source)) {}

    void advance() {
        is_passed_ = false;
        const bool is_over = current_ && !*current_; // after an error
        current_ = is_over ? std::nullopt : detail::next_of(source_);
    }
    void settle() {
        if (is_passed_) advance();
    }

    std::unique_ptr<detail::PageSource<T>> source_;
    std::optional<Result<Page<T>>> current_{};
    bool is_passed_ = false; ///< The iterator has moved on from the current page.
};

/// A lazy, single-pass range of items that fetches pages as it is walked. Each element is a Result: an error is the last
/// element, and `last_cursor()` then says where a new walk can go on.
///
/// @code
/// for (const fathom::Result<fathom::Site>& site : client.sites().list())
///     std::cout << site.value().name << '\n';
/// @endcode
template <class T>
class Items {
public:
    /// The iterator: single-pass, points into the range.
    using iterator = ListIterator<Items, Result<T>>;

    /// Fetches the first page; to be called once.
    iterator begin() {
        advance();
        return iterator(*this);
    }
    /// The end of the range.
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// The same walk by whole pages. Call it instead of begin(): `for (auto& page : client.sites().list().pages())`.
    [[nodiscard]] Pages<T> pages() && { return detail::Access::make<Pages<T>>(std::move(source_)); }

    /// Walks to the end, or to `max` items, and gives them all; an error on the way is given in their place.
    /// Without ListOptions::prefetch, it fetches no page beyond the one that holds the last item.
    [[nodiscard]] Result<std::vector<T>> collect(std::size_t max = (std::numeric_limits<std::size_t>::max)()) && {
        std::vector<T> all;
        while (all.size() < max && has_item()) {
            const bool is_first_page_as_it_is = all.empty() && next_ == 0 && page_.data.size() <= max;
            if (is_first_page_as_it_is) {
                all.swap(page_.data);
            } else {
                all.push_back(std::move(page_.data[next_++]));
            }
        }
        if (current_ && !*current_) return std::move(*current_).error();
        return all;
    }

    /// See Pages::last_cursor(). Items of the current page that were not walked yet lie before it.
    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept { return detail::cursor_of(source_); }

private:
    friend struct detail::Access;
    friend iterator;
    explicit Items(std::unique_ptr<detail::PageSource<T>> source) : source_(std::move(source)) {}

    void advance() {
        is_passed_ = false;
        if (has_item()) current_.emplace(std::move(page_.data[next_++]));
    }
    void settle() {
        if (is_passed_) advance();
    }

    /// Whether the page has an item that was not walked yet; fetches pages for that. At the end there is no current element;
    /// after an error, that is the current one.
    bool has_item() {
        while (next_ >= page_.data.size()) { // what was moved away has no page, though it may have been walked
            const bool is_over = current_ && !*current_;
            current_.reset();
            if (is_over) return false;
            std::optional<Result<Page<T>>> page = detail::next_of(source_);
            if (!page) return false;
            if (!*page) {
                current_.emplace(std::move(*page).error());
                return false;
            }
            page_ = *std::move(*page);
            next_ = 0;
        }
        return true;
    }

    std::unique_ptr<detail::PageSource<T>> source_;
    Page<T> page_{};
    std::size_t next_ = 0;
    std::optional<Result<T>> current_{};
    bool is_passed_ = false; ///< The iterator has moved on from the current item.
};

} // namespace fathom::inline v0_2
