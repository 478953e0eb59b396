/// @file
/// Fetches the pages of a list for a caller that does not wait, one ahead if asked.
#pragma once

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

    AsyncListSource(const Async::Route& route, const ListOptions& options, MakePageOperation<T> make_operation)
        : loop_(route.loop), executor_(route.executor), options_(options.call), prefetch_(options.prefetch),
          walk_(options, std::move(make_operation)) {}

    Future<NextPage> next() override {
        const std::scoped_lock lock(mutex_);
        if (ahead_.valid()) return std::exchange(ahead_, {});
        if (is_fetching_) {
            return ready<NextPage>(
                invalid_argument("next_page", "was called while the page before is on its way; wait for that first"),
                executor_);
        }
        return walk_.is_over() ? ready<NextPage>(NextPage(), executor_) : fetch();
    }

    void abandon() override {
        const std::scoped_lock lock(mutex_);
        prefetch_ = false;
        if (ahead_.valid()) ahead_.cancel();
    }

    [[nodiscard]] std::optional<std::string> last_cursor() const override {
        const std::scoped_lock lock(mutex_);
        return walk_.last_cursor();
    }

private:
    Future<NextPage> fetch() {
        Result<Operation<Page<T>>> operation = walk_.next_operation();
        if (!operation) return ready<NextPage>(operation_failed(std::move(operation).error()), executor_);
        const std::shared_ptr<Loop> loop = loop_.lock();
        if (!loop) return ready<NextPage>(operation_failed(client_is_gone(operation->request)), executor_);
        is_fetching_ = true;
        auto reader = [self = this->shared_from_this(), decode = std::move(operation->decode),
                       name = operation->request.operation](Result<HttpResponse> answer) {
            return self->take_in(read_answer<Page<T>>(decode, name, std::move(answer)));
        };
        return begin<NextPage>({loop, executor_}, std::move(operation->request), std::move(reader), options_);
    }

    static Error client_is_gone(const OperationRequest& request) {
        return {.kind = ErrorKind::cancelled,
                .message = "the client was destroyed before the page was asked for",
                .operation = std::string(request.operation)};
    }
    Error operation_failed(Error error) { return walk_.take_in(std::move(error)).error(); }

    Result<NextPage> take_in(Result<Page<T>> answer) {
        const std::scoped_lock lock(mutex_);
        is_fetching_ = false;
        Result<Page<T>> page = walk_.take_in(std::move(answer));
        if (prefetch_ && !walk_.is_over()) ahead_ = fetch();
        return std::move(page).transform([](Page<T> fetched) { return NextPage(std::move(fetched)); });
    }

    const std::weak_ptr<Loop> loop_;
    const std::shared_ptr<const Executor> executor_;
    const CallOptions options_;

    mutable std::mutex mutex_{};
    bool prefetch_;
    ListWalk<T> walk_;
    bool is_fetching_ = false;
    Future<NextPage> ahead_{};
};

} // namespace fathom::detail
