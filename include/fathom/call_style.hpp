/// @file
/// The two ways in which the calls of a module give their outcome.
#pragma once

#include <memory>

#include <fathom/async_pagination.hpp>
#include <fathom/export.hpp>
#include <fathom/future.hpp>
#include <fathom/pagination.hpp>
#include <fathom/result.hpp>

namespace fathom {

namespace detail {
class Loop;
}

/// Calls of a Client: they return when the outcome is there.
struct FATHOM_EXPORT Blocking {
    template <class T>
    using Outcome = Result<T>; ///< What a call gives.
    template <class T>
    using List = Items<T>; ///< What a list gives.

    using Route = std::shared_ptr<detail::Loop>; ///< For the library's own use.
};

/// Calls of an AsyncClient: they return at once, and the outcome comes later.
struct FATHOM_EXPORT Async {
    template <class T>
    using Outcome = Future<T>; ///< What a call gives.
    template <class T>
    using List = AsyncItems<T>; ///< What a list gives.

    /// For the library's own use.
    struct Route {
        std::shared_ptr<detail::Loop> loop; ///< Where calls go.
        Executor executor;                  ///< Where continuations run; none: on the background thread.
    };
};

} // namespace fathom
