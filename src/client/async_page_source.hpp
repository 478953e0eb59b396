/// @file
/// Fetches the pages of a list for a caller that does not wait, some ahead if asked.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <fathom/async_pagination.hpp>

#include "calls.hpp"
#include "list_walk.hpp"

namespace fathom::detail {

/// The pages of one list. What is under way shares it, so it outlives the caller's list; it does not hold the client.
template <class T>
class AsyncListSource final : public AsyncPageSource<T>, public std::enable_shared_from_this<AsyncListSource<T>> {
public:
    using NextPage = std::optional<Page<T>>;

    AsyncListSource(const Route<Async>& route, const ListOptions& options, MakePageOperation<T> make_operation)
        : loop_(route.loop), executor_(route.executor), options_(from_here(options.call, route.loop)),
          most_ahead_(options.prefetch ? prefetched_pages : 0), walk_(options, std::move(make_operation)),
          cursor_(walk_.last_cursor()) {}

    Future<NextPage> next() override {
        const std::scoped_lock lock(mutex_);
        if (ahead_.empty()) {
            if (is_fetching_) return ready<NextPage>(page_is_under_way(), executor_);
            return walk_.is_over() ? ready<NextPage>(NextPage(), executor_) : give(fetch());
        }
        Fetch next = std::move(ahead_.front());
        ahead_.pop_front();
        fetch_ahead();
        return give(std::move(next));
    }

    void abandon() override {
        const std::scoped_lock lock(mutex_);
        most_ahead_ = 0;
        for (Fetch& fetch : ahead_) fetch.page.cancel();
    }

    [[nodiscard]] std::optional<std::string> last_cursor() const override {
        const std::scoped_lock lock(mutex_);
        return cursor_of_given();
    }

private:
    /// Two, since with one a page that is slow to come is waited for although the one before it came early.
    static constexpr std::size_t prefetched_pages = 2;

    using Cursor = std::optional<std::string>;

    struct Fetch {
        Future<NextPage> page{};
        std::shared_ptr<Cursor> cursor{}; ///< Set when the page is there; an error leaves it as it is.
    };

    [[nodiscard]] Fetch fetch() {
        auto cursor = std::make_shared<Cursor>();
        Result<Operation<Page<T>>> operation = walk_.next_operation();
        if (!operation) return {ready<NextPage>(operation_failed(std::move(operation).error()), executor_), cursor};
        const std::shared_ptr<Loop> loop = loop_.lock();
        if (!loop) {
            return {ready<NextPage>(operation_failed(client_is_gone(operation->request.operation)), executor_), cursor};
        }
        is_fetching_ = true;
        let_examine(*operation, *loop);
        auto reader = [self = this->shared_from_this(), decode = std::move(operation->decode),
                       facts = CallFacts(operation->request, *loop), cursor](Result<HttpResponse> answer) {
            return self->take_in(read_answer<Page<T>>(decode, facts, std::move(answer)), *cursor);
        };
        return {begin<NextPage>({loop, executor_}, std::move(operation->request), std::move(reader), options_), cursor};
    }

    void fetch_ahead() {
        if (!is_fetching_ && !walk_.is_over() && ahead_.size() < most_ahead_) ahead_.push_back(fetch());
    }

    Error operation_failed(Error error) { return walk_.take_in(std::move(error)).error(); }

    Result<NextPage> take_in(Result<Page<T>> answer, Cursor& cursor) {
        const std::scoped_lock lock(mutex_);
        is_fetching_ = false;
        Result<Page<T>> page = walk_.take_in(std::move(answer));
        if (page) cursor = walk_.last_cursor();
        fetch_ahead();
        return std::move(page).transform([](Page<T> fetched) { return NextPage(std::move(fetched)); });
    }

    Future<NextPage> give(Fetch fetch) {
        cursor_ = cursor_of_given();
        given_ = std::move(fetch.cursor);
        return std::move(fetch.page);
    }

    [[nodiscard]] const Cursor& cursor_of_given() const noexcept { return given_ && *given_ ? *given_ : cursor_; }

    const std::weak_ptr<Loop> loop_;
    const Executor executor_;
    const CallOptions options_;

    mutable std::mutex mutex_{};
    std::size_t most_ahead_;
    ListWalk<T> walk_;
    bool is_fetching_ = false;
    std::deque<Fetch> ahead_{};       ///< What the caller has not asked for yet, in order.
    Cursor cursor_;                   ///< Behind the page before the one given last.
    std::shared_ptr<Cursor> given_{}; ///< Of the page given last.
};

} // namespace fathom::detail
