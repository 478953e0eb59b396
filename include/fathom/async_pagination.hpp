/// @file
/// AsyncItems: a list whose pages are awaited one by one.
#pragma once

#include <cstddef>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fathom/future.hpp>
#include <fathom/pagination.hpp>

namespace fathom::detail {

class Loop;

/// Fetches the pages of a list one after the other.
template <class T>
class AsyncPageSource {
public:
    AsyncPageSource() = default;
    AsyncPageSource(const AsyncPageSource&) = delete;
    AsyncPageSource& operator=(const AsyncPageSource&) = delete;
    virtual ~AsyncPageSource() = default;

    virtual Future<std::optional<Page<T>>> next() = 0;
    /// Gives up a page that nobody has asked for yet.
    virtual void abandon() = 0;
    [[nodiscard]] virtual std::optional<std::string> last_cursor() const = 0;
};

template <class T>
Future<std::vector<T>> collect(std::shared_ptr<AsyncPageSource<T>> source, std::size_t max) {
    std::vector<T> all;
    while (all.size() < max) {
        Result<std::optional<Page<T>>> next = co_await source->next();
        const std::optional<Page<T>> page = std::move(next).value();
        if (!page) break;
        const std::size_t wanted = max - all.size();
        const std::size_t taken = page->data.size() < wanted ? page->data.size() : wanted;
        all.insert(all.end(), page->data.begin(), page->data.begin() + static_cast<std::ptrdiff_t>(taken));
    }
    co_return all;
}

template <class T>
Future<std::optional<Page<T>>> no_list_any_more() {
    co_return invalid_argument("list", "was collected or moved away; make a new one");
}

template <class T>
Future<std::vector<T>> nothing_to_collect() {
    co_return invalid_argument("list", "was collected or moved away; make a new one");
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// A list of T of an AsyncClient. Nothing is fetched before the first next_page() or collect(). One page is fetched at a
/// time; with ListOptions::prefetch, up to two are fetched ahead while the caller works on one. Destroying the list gives
/// up what is fetched ahead.
///
/// @code
/// auto sites = client.sites().list();
/// while (std::optional<fathom::Page<fathom::Site>> page = (co_await sites.next_page()).value())
///     for (const fathom::Site& site : page->data) show(site);
/// @endcode
template <class T>
class AsyncItems {
public:
    /// Moves a list, never copies it.
    AsyncItems(AsyncItems&&) noexcept = default;
    /// Moves a list, never copies it.
    AsyncItems& operator=(AsyncItems&& other) noexcept {
        std::swap(loop_, other.loop_);
        std::swap(source_, other.source_);
        std::swap(collected_, other.collected_);
        return *this;
    }
    ~AsyncItems() {
        if (source_) source_->abandon();
    }

    /// The next page; nothing after the last one, and after an error. Refused with ErrorKind::invalid_argument while the
    /// page before is still on its way.
    Future<std::optional<Page<T>>> next_page() { return source_ ? source_->next() : detail::no_list_any_more<T>(); }

    /// All items that are left, at most `max`; the error that came, if one did. Of the list, last_cursor() may still be asked.
    Future<std::vector<T>> collect(std::size_t max = (std::numeric_limits<std::size_t>::max)()) && {
        collected_ = std::exchange(source_, nullptr); // which goes on when this list is destroyed
        return collected_ ? detail::collect(collected_, max) : detail::nothing_to_collect<T>();
    }

    /// The cursor behind the last page that next_page() gave and that came, from which a new list can start; see Items::last_cursor().
    [[nodiscard]] std::optional<std::string> last_cursor() const {
        const auto& source = source_ ? source_ : collected_;
        return source ? source->last_cursor() : std::nullopt;
    }

private:
    friend struct detail::Access;
    AsyncItems(std::shared_ptr<detail::Loop> loop, std::shared_ptr<detail::AsyncPageSource<T>> source) noexcept
        : loop_(std::move(loop)), source_(std::move(source)) {}

    std::shared_ptr<detail::Loop> loop_; // the client lives as long as its lists
    std::shared_ptr<detail::AsyncPageSource<T>> source_;
    std::shared_ptr<detail::AsyncPageSource<T>> collected_{};
};

} // namespace fathom::inline v0_2
