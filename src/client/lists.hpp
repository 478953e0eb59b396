/// @file
/// Makes the lists of both styles.
#pragma once

#include <memory>
#include <utility>

#include "async_page_source.hpp"
#include "page_source.hpp"

namespace fathom::detail {

template <class T>
[[nodiscard]] Items<T> list_of(const Route<Blocking>& loop, const ListOptions& options,
                               MakePageOperation<T> make_operation) {
    std::unique_ptr<PageSource<T>> source;
    if (options.prefetch) {
        source = std::make_unique<PrefetchedListSource<T>>(loop, options, std::move(make_operation));
    } else {
        source = std::make_unique<ListSource<T>>(loop, options, std::move(make_operation));
    }
    return Access::make<Items<T>>(std::move(source));
}

template <class T>
[[nodiscard]] AsyncItems<T> list_of(const Route<Async>& route, const ListOptions& options,
                                    MakePageOperation<T> make_operation) {
    return Access::make<AsyncItems<T>>(route.loop,
                                       std::make_shared<AsyncListSource<T>>(route, options, std::move(make_operation)));
}

} // namespace fathom::detail
