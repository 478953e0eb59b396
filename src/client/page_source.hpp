/// @file
/// The pages of a list for a caller that waits for them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fathom/pagination.hpp>

#include "async_page_source.hpp"
#include "calls.hpp"
#include "list_walk.hpp"

namespace fathom::detail {

/// The pages of one list, each fetched when it is asked for, on the thread that asks.
template <class T>
class ListSource final : public PageSource<T> {
public:
    ListSource(std::shared_ptr<Loop> loop, const ListOptions& options, MakePageOperation<T> make_operation)
        : loop_(std::move(loop)), options_(options.call), walk_(options, std::move(make_operation)) {}

    std::optional<Result<Page<T>>> next() override {
        if (walk_.is_over()) return std::nullopt;
        return walk_.take_in(call(loop_, walk_.next_operation(), options_));
    }

    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept override {
        return walk_.last_cursor();
    }

private:
    std::shared_ptr<Loop> loop_;
    CallOptions options_;
    ListWalk<T> walk_;
};

/// The same, fetched ahead in the background.
template <class T>
class PrefetchedListSource final : public PageSource<T> {
public:
    PrefetchedListSource(std::shared_ptr<Loop> loop, const ListOptions& options, MakePageOperation<T> make_operation)
        : loop_(std::move(loop)),
          pages_(std::make_shared<AsyncListSource<T>>(Route<Async>{loop_, {}}, options, std::move(make_operation))),
          cursor_(pages_->last_cursor()) {}
    ~PrefetchedListSource() override { pages_->abandon(); }

    std::optional<Result<Page<T>>> next() override {
        if (is_over_) return std::nullopt;
        Result<std::optional<Page<T>>> page = pages_->next().get();
        cursor_ = pages_->last_cursor();
        is_over_ = !page || !*page;
        if (!page) return Result<Page<T>>(std::move(page).error());
        if (!*page) return std::nullopt;
        return Result<Page<T>>(**std::move(page));
    }

    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept override { return cursor_; }

private:
    std::shared_ptr<Loop> loop_; // what fetches does not hold it
    std::shared_ptr<AsyncListSource<T>> pages_;
    std::optional<std::string> cursor_;
    bool is_over_ = false;
};

} // namespace fathom::detail
