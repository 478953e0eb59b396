/// @file
/// Fetches the pages of a list, one ahead if asked.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/pagination.hpp>
#include <fathom/sites.hpp>

#include "../core/page_walk.hpp"
#include "../loop/loop.hpp"

namespace fathom::detail {

inline ItemPosition position_of(const Site& site) { return {site.id.str(), site.created_at}; }
inline ItemPosition position_of(const Milestone& milestone) { return {milestone.id.str(), milestone.created_at}; }
/// The newest answers of the service have no id for an event, whose name then stands for it.
inline ItemPosition position_of(const Event& event) {
    return {event.id ? event.id->str() : event.name, event.created_at};
}

/// The pages of one list.
template <class T>
class ListSource final : public PageSource<T> {
public:
    /// Makes the operation that fetches a page; checks the options too.
    using MakeOperation = std::function<Result<Operation<Page<T>>>(const PageQuery& page)>;

    ListSource(std::shared_ptr<Loop> loop, const ListOptions& options, MakeOperation make_operation)
        : loop_(std::move(loop)), call_options_(options.call), prefetch_(options.prefetch),
          make_operation_(std::move(make_operation)), walk_(options) {}
    ~ListSource() override {
        if (ahead_) loop_->abandon(ahead_->call);
    }

    std::optional<Result<Page<T>>> next() override {
        if (is_over_) return std::nullopt;
        Result<Page<T>> page = ahead_ ? fetched_ahead() : fetched();
        if (page) {
            if (std::optional<Error> error = take_in(*page)) page = *std::move(error);
        }
        is_over_ = !page || walk_.is_over();
        if (prefetch_ && !is_over_) fetch_ahead();
        return page;
    }

    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept override { return cursor_; }

private:
    struct Ahead {
        Operation<Page<T>> operation;
        std::shared_ptr<Call> call;
    };

    Result<Page<T>> fetched() { return run(*loop_, make_operation_(walk_.next()), call_options_); }

    Result<Page<T>> fetched_ahead() {
        const Ahead ahead = *std::exchange(ahead_, std::nullopt);
        return read_answer(ahead.operation, loop_->finish(ahead.call, call_options_.stop));
    }

    void fetch_ahead() {
        Result<Operation<Page<T>>> operation = make_operation_(walk_.next());
        if (!operation) return; // the same error comes when the page is asked for
        std::shared_ptr<Call> call = loop_->start(operation->request, call_options_);
        ahead_.emplace(*std::move(operation), std::move(call));
    }

    /// Moves the walk on, and puts the page in its order.
    std::optional<Error> take_in(Page<T>& page) {
        std::vector<ItemPosition> positions;
        for (const T& item : page.data) positions.push_back(position_of(item));
        const bool is_against_walk = walk_.is_against_walk(positions);
        std::optional<Error> error = walk_.take_in(positions, page.has_more);
        if (is_against_walk) std::ranges::reverse(page.data);
        if (!error) cursor_ = walk_.last_cursor();
        return error;
    }

    std::shared_ptr<Loop> loop_;
    CallOptions call_options_;
    bool prefetch_;
    MakeOperation make_operation_;
    PageWalk walk_;
    std::optional<std::string> cursor_ = walk_.last_cursor();
    std::optional<Ahead> ahead_{};
    bool is_over_ = false;
};

/// A lazy list.
template <class T>
[[nodiscard]] Items<T> make_list(std::shared_ptr<Loop> loop, const ListOptions& options,
                                 typename ListSource<T>::MakeOperation make_operation) {
    return Items<T>(std::make_unique<ListSource<T>>(std::move(loop), options, std::move(make_operation)));
}

} // namespace fathom::detail
