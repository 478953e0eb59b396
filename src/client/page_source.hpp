/// @file
/// Fetches the pages of a list while its caller waits, one ahead if asked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fathom/pagination.hpp>

#include "calls.hpp"
#include "list_walk.hpp"

namespace fathom::detail {

/// The pages of one list.
template <class T>
class ListSource final : public PageSource<T> {
public:
    ListSource(std::shared_ptr<Loop> loop, const ListOptions& options, MakePageOperation<T> make_operation)
        : loop_(std::move(loop)), options_(options.call), prefetch_(options.prefetch),
          walk_(options, std::move(make_operation)) {}
    ~ListSource() override {
        if (ahead_.valid()) ahead_.cancel();
    }

    std::optional<Result<Page<T>>> next() override {
        if (walk_.is_over()) return std::nullopt;
        Result<Page<T>> page =
            walk_.take_in(ahead_.valid() ? ahead_.get() : call(loop_, walk_.next_operation(), options_));
        if (prefetch_ && !walk_.is_over())
            ahead_ = call(Async::Route{loop_, nullptr}, walk_.next_operation(), options_);
        return page;
    }

    [[nodiscard]] const std::optional<std::string>& last_cursor() const noexcept override {
        return walk_.last_cursor();
    }

private:
    std::shared_ptr<Loop> loop_;
    CallOptions options_;
    bool prefetch_;
    ListWalk<T> walk_;
    Future<Page<T>> ahead_{};
};

} // namespace fathom::detail
